//! One enrolment and its history, for the staff and for the person themselves.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{Viewer, policy::ActionKind, viewer},
    courses::{self, EditionHeader},
    enrolment::{
        EnrolmentId, EnrolmentState, ListView,
        actions::{Decide, Withdraw, WithdrawOther},
        queries::{self, EnrolmentDetail, EventRow},
        state::{Step, after},
        words::state_chip,
    },
    error::AppError,
    paths,
    people::{full_name, words::sector},
    server::{page, page::path_id, services},
    t,
    ui::{
        Breadcrumbs, ButtonKind, ButtonLink, ButtonRow, ConfirmButton, Fact, Facts, Page,
        PostButton, Section, Table, When, number, time,
    },
};

/// One enrolment.
#[component]
pub fn EnrolmentPage() -> impl IntoView {
    let id = path_id::<EnrolmentId>("id");
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let enrolment = queries::detail(&mut connection, id?)
            .await?
            .ok_or(AppError::NotFound)?;
        let header = courses::queries::header(&mut connection, enrolment.edition)
            .await?
            .ok_or(AppError::NotFound)?;
        let reader = Reader::of(&viewer, &header, &enrolment).ok_or(AppError::NotFound)?;
        let events = queries::events(&mut connection, enrolment.id).await?;
        let position = queries::waiting_position(&mut connection, enrolment.id).await?;
        let shown = Shown {
            reader,
            header,
            enrolment,
            events,
            position,
        };
        Ok(shown.view())
    })
}

/// As whom the viewer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Decides on it.
    Coordinator,
    /// Sees who takes part.
    Facilitator,
    /// Is the person.
    Person,
}

impl Reader {
    /// `None`: the enrolment is none of the viewer's business. Facilitators know only of those who
    /// take part.
    fn of(viewer: &Viewer, header: &EditionHeader, enrolment: &EnrolmentDetail) -> Option<Self> {
        let allows = |kind| header.allows(Some(viewer), kind);
        if allows(ActionKind::ManageEnrolments) {
            Some(Self::Coordinator)
        } else if enrolment.person == viewer.person {
            Some(Self::Person)
        } else if allows(ActionKind::ReadRoster) && enrolment.state.takes_part() {
            Some(Self::Facilitator)
        } else {
            None
        }
    }
}

struct Shown {
    reader: Reader,
    header: EditionHeader,
    enrolment: EnrolmentDetail,
    events: Vec<EventRow>,
    position: Option<i64>,
}

impl Shown {
    fn view(self) -> AnyView {
        let name = full_name(
            &self.enrolment.given_names,
            &self.enrolment.paternal_surname,
            self.enrolment.maternal_surname.as_deref(),
        );
        let title = match self.reader {
            Reader::Person => t!(enrolment.my_enrolment),
            _ => name,
        };
        let under = view! {
            {state_chip(self.enrolment.state)}
            <span>{t!(enrolment.since)}" "<When at=self.enrolment.state_at /></span>
        };
        view! {
            <Page title=title.clone() lead=self.header.title() breadcrumbs=self.breadcrumbs(title)
                under_title=under.into_any() action=self.record_link()>
                {self.facts()}
                {self.actions()}
                <Section title=t!(enrolment.history)>{self.history()}</Section>
            </Page>
        }
        .into_any()
    }

    /// The way to the person's record; coordinators may read the register.
    fn record_link(&self) -> AnyView {
        let person = self.enrolment.person;
        (self.reader == Reader::Coordinator)
            .then(|| {
                view! {
                    <ButtonLink href=paths::person(person) kind=ButtonKind::Secondary>
                        {t!(enrolment.record)}
                    </ButtonLink>
                }
            })
            .into_any()
    }

    fn breadcrumbs(&self, title: String) -> Breadcrumbs {
        let edition = self.header.id;
        let before = match self.reader {
            Reader::Person => (self.header.title(), paths::edition(edition)),
            _ => (t!(enrolment.title), paths::edition_enrolments(edition)),
        };
        let mut crumbs = vec![(before.0, Some(before.1.into())), (title, None)];
        if self.reader != Reader::Person {
            let edition = (self.header.title(), Some(paths::edition(edition).into()));
            crumbs.insert(0, edition);
        }
        crumbs
    }

    fn facts(&self) -> AnyView {
        let enrolment = self.enrolment.clone();
        let optional = |label: String, value: Option<String>| {
            value.map(|value| view! { <Fact label=label>{value}</Fact> })
        };
        let department = enrolment.department.map(|one| one.name().to_owned());
        let position = self
            .position
            .map(|n| t!(enrolment.place_in_line, n = number::count(n)));
        let offer = enrolment.offered_until.map(|until| {
            t!(
                enrolment.offer.offered_until,
                until = time::date_time(until)
            )
        });
        // Who teaches needs to tell people apart, not to know their posts.
        let hides_post = self.reader == Reader::Facilitator;
        let of_post = move |value: Option<String>| value.filter(|_| !hides_post);
        view! {
            <Facts>
                {optional(t!(enrolment.order_head), offer.or(position))}
                <Fact label=t!(enrolment.requested_at)><When at=enrolment.requested_at /></Fact>
                {optional(t!(enrolment.institution), enrolment.institution)}
                {optional(t!(enrolment.unit), of_post(enrolment.unit))}
                {optional(t!(enrolment.position), of_post(enrolment.position))}
                {optional(t!(enrolment.sector), enrolment.sector.map(sector))}
                {optional(t!(enrolment.department), department)}
            </Facts>
        }
        .into_any()
    }

    fn actions(&self) -> Option<AnyView> {
        if self.header.is_locked() {
            return None;
        }
        match self.reader {
            Reader::Coordinator => Some(self.coordinator_actions()),
            Reader::Person => self.own_actions(),
            Reader::Facilitator => None,
        }
    }

    fn coordinator_actions(&self) -> AnyView {
        let id = self.enrolment.id.to_string();
        let decision = |verdict: &'static str| {
            vec![
                ("edition", self.header.id.to_string()),
                ("chosen[]", id.clone()),
                ("verdict", verdict.to_owned()),
                ("view", ListView::Requested.to_string()),
            ]
        };
        let requested = self.enrolment.state == EnrolmentState::Requested;
        let approve = requested.then(|| {
            view! {
                <PostButton action=Decide::PATH fields=decision("approve") kind=ButtonKind::Primary>
                    {t!(enrolment.approve)}
                </PostButton>
            }
        });
        let accepted = self.enrolment.offered_until.map(|_| {
            view! {
                <PostButton action=Decide::PATH fields=decision("approve") kind=ButtonKind::Primary>
                    {t!(enrolment.offer.accepted_for)}
                </PostButton>
            }
        });
        let decline = requested.then(|| {
            view! {
                <ConfirmButton label=t!(enrolment.decline_one) explanation=t!(enrolment.decline_explained)
                    confirm=t!(enrolment.decline) action=Decide::PATH fields=decision("decline")
                    reason=("reason", t!(enrolment.reason)) />
            }
        });
        let substitute = (self.may_withdraw() && !self.enrolment.attended).then(|| {
            view! {
                <ButtonLink href=paths::substitute(self.enrolment.id) kind=ButtonKind::Secondary>
                    {t!(enrolment.substitute.link)}
                </ButtonLink>
            }
        });
        let withdraw = (!requested && self.may_withdraw()).then(|| {
            view! {
                <ConfirmButton label=t!(enrolment.withdraw_one) explanation=t!(enrolment.withdraw_explained)
                    confirm=t!(enrolment.withdraw) action=WithdrawOther::PATH
                    fields=vec![("enrolment", id.clone())] reason=("reason", t!(enrolment.reason)) />
            }
        });
        view! { <ButtonRow>{approve}{accepted}{substitute}{decline}{withdraw}</ButtonRow> }
            .into_any()
    }

    fn own_actions(&self) -> Option<AnyView> {
        if !self.may_withdraw() {
            return None;
        }
        Some(withdraw_own(self.enrolment.id, self.enrolment.attended))
    }

    fn may_withdraw(&self) -> bool {
        after(self.enrolment.state, Step::Withdraw).is_ok()
    }

    fn history(&self) -> AnyView {
        let with_reasons = self.reader != Reader::Facilitator;
        let reason_head =
            with_reasons.then(|| view! { <th scope="col">{t!(enrolment.reason_head)}</th> });
        let lines: Vec<AnyView> = self
            .events
            .iter()
            .map(|event| self.event_line(event, with_reasons))
            .collect();
        view! {
            <Table caption=t!(enrolment.history) caption_hidden=true cards=true>
                <thead>
                    <tr>
                        <th scope="col">{t!(enrolment.when)}</th>
                        <th scope="col">{t!(enrolment.state_head)}</th>
                        <th scope="col">{t!(enrolment.who)}</th>
                        {reason_head}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </Table>
        }
        .into_any()
    }

    fn event_line(&self, event: &EventRow, with_reason: bool) -> AnyView {
        let reason = with_reason.then(
            || view! { <td data-label=t!(enrolment.reason_head)>{event.reason.clone()}</td> },
        );
        view! {
            <tr>
                <th scope="row"><When at=event.at /></th>
                <td data-label=t!(enrolment.state_head)>{state_chip(event.to)}</td>
                <td data-label=t!(enrolment.who)>{self.actor(event)}</td>
                {reason}
            </tr>
        }
        .into_any()
    }

    /// Who did it. A seat that came with the waiting list came by itself, whoever freed it; the
    /// person is not told which of the staff acted.
    fn actor(&self, event: &EventRow) -> String {
        if event.from == Some(EnrolmentState::Waiting) && event.to == EnrolmentState::Enrolled {
            return t!(enrolment.by_turn);
        }
        let own = event.actor == Some(self.enrolment.person);
        match (self.reader, &event.actor_name) {
            (_, None) => t!(enrolment.by_system),
            (Reader::Person, _) if own => t!(enrolment.by_you),
            (_, _) if own => t!(enrolment.by_person),
            (Reader::Coordinator, Some(name)) => name.clone(),
            (Reader::Person | Reader::Facilitator, Some(_)) => t!(enrolment.by_staff),
        }
    }
}

/// The button with which somebody withdraws, or why they cannot alone.
pub fn withdraw_own(enrolment: EnrolmentId, attended: bool) -> AnyView {
    if attended {
        return view! { <p class="quiet">{t!(enrolment.attended_note)}</p> }.into_any();
    }
    view! {
        <ConfirmButton label=t!(enrolment.withdraw_own) explanation=t!(enrolment.withdraw_own_explained)
            confirm=t!(enrolment.withdraw_own_confirm) action=Withdraw::PATH
            fields=vec![("enrolment", enrolment.to_string())] />
    }
    .into_any()
}
