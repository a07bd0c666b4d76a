"""The same twenty cases of five events as other systems would export them, and files that are hardly tables."""

import csv
import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

Write = Callable[[dt.datetime], str]

ACTS = ("Created", "Assigned", "Waiting for customer", "Resolved", "Closed")
WORDS = {
    "dutch": ("Aangemaakt", "Toegewezen", "Wacht op klant", "Opgelost", "Gesloten"),
    "german": ("Erstellt", "Zugewiesen", "Warten auf Kunde", "Gelöst", "Geschlossen"),
    "italian": ("Creato", "Assegnato", "In attesa del cliente", "Risolto", "Chiuso"),
    "spanish": ("Creado", "Asignado", "Esperando al cliente", "Resuelto", "Cerrado"),
    "french": ("Créé", "Attribué", "En attente du client", "Résolu", "Fermé"),
}
ENGLISH = ("Case ID", "Activity", "Timestamp", "Resource")


def facts() -> list[tuple[str, str, dt.datetime, str]]:
    """Case (with leading zeros), what happened, when, who."""
    begun = dt.datetime(2024, 3, 4, 9, 0)  # noqa: DTZ001 (exports write local times)
    return [
        (f"{n:05d}", act, begun + dt.timedelta(days=n, hours=n % 5 + 3 * k, minutes=n), f"Agent {n % 4}")
        for n in range(1, 21)
        for k, act in enumerate(ACTS)
    ]


def iso(at: dt.datetime) -> str:
    return at.isoformat(sep=" ")


def pattern(layout: str) -> Write:
    return lambda at: at.strftime(layout)


def epoch(factor: int) -> Write:
    return lambda at: str(int(at.replace(tzinfo=dt.UTC).timestamp()) * factor)


def table(
    header: Sequence[str] = ENGLISH,
    write: Write = iso,
    *,
    words: Sequence[str] = ACTS,
    between: str = ",",
    tail: str = "",
) -> str:
    said = dict(zip(ACTS, words, strict=True))
    lines = [between.join(header) + tail]
    lines += [between.join((case, said[act], write(at), who)) + tail for case, act, at, who in facts()]
    return "\n".join(lines) + "\n"


def quoted() -> str:
    """Every cell in quotation marks, the last with commas, quotation marks and line breaks of both kinds."""
    text = io.StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    rows.writerow(["Ticket ID", "Activity", "Timestamp", "Description"])
    rows.writerows([case, act, iso(at), f'said "hi",\nand\r\nmore; {who}'] for case, act, at, who in facts())
    return text.getvalue()


def parted() -> str:
    """The date in one column, the time of day in another."""
    lines = [f"{case},{act},{at:%d/%m/%Y},{at:%H:%M:%S},{who}\n" for case, act, at, who in facts()]
    return "Case ID,Activity,Date,Time,Agent\n" + "".join(lines)


def started_and_ended() -> str:
    lines = [f"{case},{act},{iso(at - dt.timedelta(minutes=20))},{iso(at)},{who}\n" for case, act, at, who in facts()]
    return "CaseID,Activity,Start Timestamp,Complete Timestamp,Resource\n" + "".join(lines)


def backwards() -> str:
    first, *rest = table().splitlines()
    return "\n".join([first, *reversed(rest)]) + "\n"


def archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return packed.getvalue()


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The least an .xlsx needs: texts in one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    texts = [[f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row] for row in rows]
    cells = "".join(f"<row>{''.join(row)}</row>" for row in texts)
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{part}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{part}.worksheet+xml"/></Types>'.encode(),
            "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{kinds}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
            '<sheet name="Export" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
            f'Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
            "</worksheet>".encode(),
        }
    )


def sheet(*above: Sequence[str]) -> bytes:
    return workbook([*above, ENGLISH, *([case, act, iso(at), who] for case, act, at, who in facts())])


DOTTED, SLASHED = pattern("%d.%m.%Y %H:%M:%S"), pattern("%d/%m/%Y %H:%M")
AMERICAN = pattern("%m/%d/%Y %I:%M:%S %p")

# Name -> the file as it comes. All hold the twenty cases with their hundred events.
READABLE: dict[str, bytes] = {
    "XES columns": table(
        ("case:concept:name", "concept:name", "time:timestamp", "org:resource"), lambda at: f"{at.isoformat()}+00:00"
    ).encode(),
    "Dutch, semicolons": table(
        ("Meldingsnummer", "Activiteit", "Tijdstip", "Behandelaar"),
        pattern("%d-%m-%Y %H:%M"),
        words=WORDS["dutch"],
        between=";",
    ).encode(),
    "German, Windows-1252": table(
        ("Vorgangsnummer", "Aktivität", "Zeitstempel", "Bearbeiter"), DOTTED, words=WORDS["german"], between=";"
    ).encode("cp1252"),
    "German, states, byte order mark": table(
        ("Ticketnummer", "Status", "Geändert am", "Zuständig"), DOTTED, words=WORDS["german"], between=";"
    ).encode("utf-8-sig"),
    "Italian, UTF-16": table(
        ("Numero ticket", "Attività", "Data evento", "Risorsa"), SLASHED, words=WORDS["italian"], between=";"
    ).encode("utf-16"),
    "Italian, states": table(
        ("ID caso", "Stato", "Data e ora", "Operatore"), SLASHED, words=WORDS["italian"], between=";"
    ).encode(),
    "Spanish, tabs, Latin-1": table(
        ("ID caso", "Actividad", "Fecha", "Recurso"), SLASHED, words=WORDS["spanish"], between="\t"
    ).encode("latin-1"),
    "Spanish, states": table(
        ("Número de incidencia", "Estado", "Fecha y hora", "Agente"), SLASHED, words=WORDS["spanish"], between=";"
    ).encode(),
    "French": table(
        ("Numéro de ticket", "Activité", "Horodatage", "Agent"), SLASHED, words=WORDS["french"], between=";"
    ).encode(),
    "seconds since 1970": table(("ticket_id", "event", "timestamp", "agent"), epoch(1)).encode(),
    "milliseconds since 1970": table(("ticket_id", "event", "timestamp", "agent"), epoch(1000)).encode(),
    "month first, pipes": table(
        ("Incident Number", "Event", "Event Time", "Assigned To"), AMERICAN, between="|"
    ).encode(),
    "UTF-16 without a mark": table().encode("utf-16-le"),
    "empty trailing columns": table(tail=",,,").encode(),
    "a header twice": table(("Case ID", "Status", "Timestamp", "Status")).encode(),
    "line breaks in cells": quoted().encode(),
    "start and end": started_and_ended().encode(),
    "date and time apart": parted().encode(),
    "time going backwards": backwards().encode(),
    "gzip": gzip.compress(table().encode()),
    "zip": archive({"export.csv": table().encode()}),
    "zip with a note beside": archive({"export.csv": table().encode(), "README.txt": b"Nightly export."}),
    "workbook": sheet(),
}
# Name -> the file and a part of the sentence it is refused with.
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "no rows": (b"Case ID,Activity,Timestamp\n", "nothing below it"),
    "only spaces": (b"  \n \n", "empty"),
    "two tables in a zip": (archive({"a.csv": table().encode(), "b.csv": table().encode()}), "holds 2 tables"),
    "no table in a zip": (archive({"a.pdf": b"%PDF"}), "holds no tables"),
    "a title above the names": (b"Weekly export\n" + table().encode(), "delete the lines above"),
    "a title in a workbook": (sheet(["Weekly export", "", "", ""]), "delete the lines above"),
    "no names": (b"\n".join(table().encode().splitlines()[1:]), "holds data"),
    "fifty megabytes in one cell": (b"Case ID,Activity,Timestamp\n1,Created," + b"x" * 50_000_000, "Line 2 cannot be"),
    "fifty megabytes in one line": (b"a," * 25_000_000, "25,000,001 columns"),
    "a quotation mark left open": (table().encode() + b'21,"Created,2024-01-01\n1,2,3,4\n', "is never closed"),
}
