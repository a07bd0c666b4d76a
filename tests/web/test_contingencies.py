"""A playbook whose trigger has fired stands on Today, and one click activates it."""

from tests.personas import Persona
from tests.web.conftest import Service
from wellserved.apps.standards.actions import contingencies
from wellserved.apps.standards.models import Activation
from wellserved.apps.standards.types.risks import Step
from wellserved.platform import clock
from wellserved.web import triggers


def test_a_proposed_playbook_is_activated_from_today_in_one_click(service: Service, lena: Persona):
    pk = contingencies.save_playbook(
        actor=service.manager.actor,
        contingency_id=None,
        facts=contingencies.PlaybookFacts(
            name="Many tickets at once",
            steps=[Step(what="Call the cover list", role="Team leader", minutes=15)],
            trigger={"measure": "open", "rule": "above", "value": 0, "for_minutes": 0},
        ),
        now=service.now,
    )
    assert "A playbook is proposed" not in lena.client.get("/").content.decode()
    triggers.judge_all(now=clock.now())
    page = lena.client.get("/").content.decode()
    assert "A playbook is proposed: Many tickets at once." in page
    assert f'action="/contingencies/{pk}/activate"' in page
    assert "A playbook is proposed" not in service.agent.client.get("/").content.decode()
    assert lena.client.post(f"/contingencies/{pk}/activate").status_code == 302
    assert Activation.objects.get().stage == "active"
    assert "Many tickets at once is at work." in lena.client.get("/").content.decode()
