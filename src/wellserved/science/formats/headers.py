"""What help desks call their columns.

Headers are compared after `words`: case, punctuation and CamelCase do not matter. Each list runs from the
surest word to the least sure one; a word may stand in several lists, for only the values can tell then.
"""

from types import MappingProxyType
from typing import Final

__all__ = ["HEADERS", "HEADERS_ABROAD"]

_LISTS: Final = {
    "case": """
        case_concept_name case_id case_number case_no case_key case ticket_id ticket_number ticket_no
        ticket_key ticket_ref ticket incident_id incident_number incident_no incident sr_number
        service_request_number service_request_id service_request_no request_id request_number issue_key
        issue_id complaint_id complaint_number conversation_id problem_number trace_id unique_key
        reference_number reference ref key number id ticketnummer vorgangsnummer fallnummer
        numero_ticket id_ticket id_caso numero_de_ticket
    """,
    "time": """
        time_timestamp complete_timestamp event_timestamp event_time event_date timestamp
        change_date_time change_date date_stamp datestamp eventtime sys_updated_at sys_updated_on
        completion_time complete_time end_timestamp end_time start_timestamp start_time date_time
        datetime time occurred_at logged_at date updated_at updated last_updated modified_at created_at
        zeitstempel data_evento fecha horodatage
    """,
    "time_of_day": """
        time time_of_day clock hour event_time start_time opened_time created_time tijd tijdstip uhrzeit zeit
        ora orario hora heure
    """,
    "activity": """
        concept_name activity activity_name activity_id incident_activity_type activity_type
        event_concept_name event event_name event_type action task task_name operation step
        incident_state state status aktivitat attivita actividad activite
    """,
    "status": """
        sub_status substatus lifecycle_transition incident_state ticket_status case_status issue_status
        request_status status current_status state ticket_state status_name company_response_to_consumer
        stato zustand estado statut
    """,
    "agent": """
        org_resource resource assigned_to assignee assignee_name agent agent_name assigned_agent
        owner_first_name owner operator handler technician handled_by responsible user user_name
        agent_assigned besitzer sys_updated_by updated_by resolved_by bearbeiter risorsa recurso
    """,
    "team": """
        assignment_group assigned_group organization_involved organisation_involved involved_st
        workgroup work_group support_group support_team team team_name group org_group queue
        responsible_agency agency agency_name department support_section responsible_section
        involved_st_function_div org_role gruppe gruppo equipo team_assigned
    """,
    "customer": """
        customer_id customer customer_name customer_email requester requester_name requester_email
        requester_id caller_id caller reporter requested_by contact_name contact_email contact client
        client_name submitter citizen kunde cliente from_name from kundennummer
    """,
    "organisation": """
        organisation organization company company_name account account_name customer_company
        requester_organization organisation_name organization_name firma azienda empresa
    """,
    "subject": """
        subject title summary short_description headline ticket_subject request_type complaint_type
        issue descriptor u_symptom symptom topic betreff oggetto asunto objet ticket_name titel
    """,
    "body": """
        description body message consumer_complaint_narrative narrative complaint_narrative text content
        details request_details comment initial_message question beschreibung descrizione descripcion
    """,
    "kind": """
        ticket_type issue_type type record_type case_type request_kind kind tracker
    """,
    "category": """
        category case_category ticket_category issue_category service_category sr_type sub_category
        subcategory sub_product reason service_type contact_reason kategorie categoria
    """,
    "priority": """
        priority ticket_priority case_priority severity seriousness_2 seriousness prioritat priorita
        prioridad
    """,
    "impact": """
        impact sr_latest_impact latest_impact business_impact
    """,
    "urgency": """
        urgency dringlichkeit urgenza
    """,
    "channel": """
        channel contact_type submitted_via source via ticket_channel contact_channel origin case_origin
        open_data_channel_type received_via ticket_source kanal canale canal
    """,
    "product": """
        product product_name item configuration_item cmdb_ci affected_product service produkt prodotto
        ci_name product_purchased
    """,
    "place": """
        neighborhood neighbourhood location site city borough district supervisor_district country
        resource_country region state organization_country standort luogo lugar
    """,
    "tags": """
        tags labels tag label keywords
    """,
    "opened": """
        opened_at opened open_date date_opened open_time created_at created_on creation_date
        date_created created created_date create_date creation_time created_time date_received
        received_at received reported_at report_date reported_date submitted_at submitted_on submit_date
        sys_created_at sys_created_on requested_datetime open_dt request_date ticket_created log_date
        logged_at start_date date erstellt_am erstellt data_apertura fecha_de_creacion eroffnet_am
        angelegt_am
    """,
    "first_reply": """
        first_reply_at first_replied_at first_response_at first_response_time first_responded_at
        first_response first_reply first_response_date initial_response_time
    """,
    "resolved": """
        resolved_at resolved_on resolved resolution_date date_resolved solved_at resolved_date
        resolution_time date_of_resolution solved solved_date completed_at completion_date gelost_am
    """,
    "closed": """
        closed_at closed_on closed close_date date_closed closed_date closed_dt close_time closing_date
        closing_time closed_time end_date geschlossen geschlossen_am data_chiusura fecha_de_cierre
    """,
    "updated": """
        updated_at sys_updated_at sys_updated_on updated last_updated last_update_time updated_on
        updated_date last_update last_modified modified_at last_activity resolution_action_updated_date
        aktualisiert_am
    """,
}

# What they are called in Dutch, German, Italian, Spanish and French, each word as sure as the next.
_ABROAD: Final = {
    "case": """
        meldingsnummer meldingnummer zaaknummer incidentnummer zaak_id zaak vorgangs_id fall_id
        ticket_nr auftragsnummer storungsnummer anfragenummer nummer codice_ticket numero_richiesta
        numero_segnalazione numero_pratica id_pratica numero_de_incidencia id_incidencia incidencia
        numero_de_caso numero_de_solicitud expediente folio numero_de_dossier id_dossier numero
    """,
    "time": """
        tijdstip datum_en_tijd datum_tijd datum gewijzigd_op zeitpunkt datum_uhrzeit geandert_am
        data_e_ora data_ora data fecha_y_hora fecha_hora marca_de_tiempo date_heure date_et_heure
    """,
    "activity": """
        activiteit gebeurtenis actie handeling ereignis aktion tatigkeit schritt evento azione fase
        accion paso tarea evenement etape tache
    """,
    "status": """
        toestand etat
    """,
    "agent": """
        behandelaar medewerker toegewezen_aan zustandig zugewiesen_an mitarbeiter operatore assegnato_a
        assegnatario incaricato agente asignado_a responsable tecnico assigne_a intervenant technicien
        ressource
    """,
    "team": """
        behandelaarsgroep behandelgroep oplosgroep groep afdeling abteilung reparto ufficio grupo
        departamento groupe equipe
    """,
    "customer": """
        aanmelder melder aanvrager klant antragsteller anforderer richiedente solicitante demandeur
    """,
    "organisation": """
        organisatie bedrijf unternehmen organizzazione organizacion entreprise societe
    """,
    "subject": """
        onderwerp korte_omschrijving kurzbeschreibung titolo titulo sujet titre
    """,
    "body": """
        omschrijving beschrijving verzoek
    """,
    "kind": """
        soort_melding soort ticketart art tipo tipo_de_incidencia
    """,
    "category": """
        categorie
    """,
    "priority": """
        prioriteit priorite
    """,
    "impact": """
        auswirkung impatto impacto
    """,
    "urgency": """
        urgentie urgencia urgence
    """,
    "channel": """
        soort_binnenkomst eingangskanal
    """,
    "product": """
        producto produit
    """,
    "place": """
        locatie vestiging ort sede ubicacion lieu
    """,
    "opened": """
        datum_aanmelding aangemeld_op aangemaakt_op aanmaakdatum datum_melding ontvangen_op aangemaakt
        begindatum erstellungsdatum eingangsdatum erfasst_am gemeldet_am eroffnet data_creazione
        creato_il aperto_il data_inserimento fecha_creacion fecha_de_apertura fecha_apertura
        fecha_de_alta creado_el creado date_de_creation date_creation date_d_ouverture date_ouverture
        cree_le ouvert_le
    """,
    "first_reply": """
        eerste_reactie erste_antwort erstantwort erste_reaktion prima_risposta primera_respuesta
        premiere_reponse
    """,
    "resolved": """
        datum_gereed gereed_op opgelost_op datum_opgelost behoben_am losungsdatum data_risoluzione
        risolto_il fecha_de_resolucion fecha_resolucion resuelto_el date_de_resolution resolu_le
    """,
    "closed": """
        datum_afgemeld afgemeld_op gesloten_op sluitingsdatum datum_sluiting einddatum abschlussdatum
        abgeschlossen_am chiuso_il fecha_cierre cerrado_el date_de_cloture date_cloture ferme_le
    """,
    "updated": """
        laatst_gewijzigd wijzigingsdatum zuletzt_geandert data_modifica ultima_modifica
        fecha_de_modificacion ultima_actualizacion date_de_modification
    """,
}


def _read(lists: dict[str, str]) -> MappingProxyType[str, tuple[str, ...]]:
    return MappingProxyType(
        {role: tuple(name.replace("_", " ") for name in names.split()) for role, names in lists.items()}
    )


HEADERS: Final = _read(_LISTS)
HEADERS_ABROAD: Final = _read(_ABROAD)
