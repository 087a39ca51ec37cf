//! Words for what was done, to what kind of record, and for the fields that changed.
//!
//! Every action and kind that is ever written has its word here: the access matrix looks at each
//! event it causes. Fields without a word are shown by their name.

use super::pages::Shown;
use crate::{
    paths::{self, Path},
    t,
};

/// Declares words for codes: the code is the key in `locales`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $(#[$all_doc:meta])* $all:ident: $($key:ident)+) => {
        $(#[$doc])*
        pub fn $name(code: &str) -> Option<String> {
            match code {
                $(stringify!($key) => Some(t!(audit.$name.$key)),)+
                _ => None,
            }
        }

        $(#[$all_doc])*
        pub const $all: &[&str] = &[$(stringify!($key)),+];
    };
}

words! {
    /// What was done.
    action,
    /// Every action, in the order of the domains.
    ACTIONS:
    sign_in sign_out sign_out_others register register_by_link register_known password_change password_reset_ask
    password_set_by_link language_change account_create account_invite email_supersede account_disable
    account_enable role_grant role_revoke setting_change demo_load
    people_export person_create person_update person_merge person_unmerge duplicate_dismiss own_data_update affiliation_change affiliation_end
    institution_create institution_update unit_create unit_rename
    program_create program_update course_create course_update edition_create edition_update
    edition_copy edition_announce edition_open_enrolment edition_start edition_close
    edition_reopen edition_cancel edition_assign_facilitator edition_remove_facilitator
    session_create session_update session_delete enrolment_request enrolment_enrol_other
    enrolment_enrol enrolment_wait enrolment_decline enrolment_withdraw enrolment_conclude
    enrolments_export enrolment_resume enrolment_nominated enrolment_walk_in enrolment_offer enrolment_substitute
    quota_set quota_remove vetting_rules vetting_record
    nomination_create nomination_columns nomination_check
    nomination_decide nomination_apply nomination_undo nomination_discard nomination_tell
    attendance_mark attendance_mark_many attendance_credit attendance_check_in personal_code_renew walk_in_create walk_in_accept walk_in_reject video_report_create video_report_apply video_report_discard offline_roster_create offline_roster_revoke offline_mark_accept offline_mark_dismiss headcount_record attachment_create attachment_remove step_create
    step_update step_move step_delete steps_copy certificate_issue certificate_replace
    certificate_revoke closing_record_create closing_record_supersede results_record message_resend message_give_up notice_tell
    calendar_address_change calendar_address_remove
}

/// Actions that begin something, change nothing, or tell all by their name: there is nothing that
/// was before. Every other event must say what it was.
pub(super) const WITHOUT_BEFORE: &[&str] = &[
    "sign_in",
    "sign_out",
    "sign_out_others",
    "register",
    "register_by_link",
    "register_known",
    "password_change",
    "password_reset_ask",
    "password_set_by_link",
    "account_create",
    "account_invite",
    "account_disable",
    "account_enable",
    "role_grant",
    "demo_load",
    "people_export",
    "person_create",
    "institution_create",
    "unit_create",
    "program_create",
    "course_create",
    "edition_create",
    "edition_copy",
    "edition_assign_facilitator",
    "session_create",
    "enrolment_request",
    "enrolment_enrol_other",
    "enrolments_export",
    "enrolment_nominated",
    "enrolment_walk_in",
    "walk_in_create",
    "enrolment_substitute",
    "video_report_create",
    "attachment_create",
    "offline_roster_create",
    "nomination_create",
    "step_create",
    "steps_copy",
    "certificate_issue",
    "closing_record_create",
];

words! {
    /// A kind of record.
    subject,
    /// Every kind of record.
    SUBJECTS:
    account sign_in setting database person institution program course edition
    session enrolment step certificate message notice nomination
    closing_record walk_in video_report offline_roster offline_mark attachment
}

words! {
    /// A field of a record.
    field,
    /// Every field that has a word.
    FIELDS:
    academic_minutes account affiliation answers audience birth_year body calendar cleared_until copy_of country days
    department devices document_changed document_kind edition email ends_at ends_on enrol_from
    enrol_until excused_counts facilitator facilitator_id file funder given_names grade_tenths
    id implementer institution kind language link locale marks maternal_surname meeting_link
    min_grade_tenths min_share_permille minutes modality name nationality needs_approval
    no_document_reason notes number offer_hours offered_until outcomes paternal_surname person phone planned_minutes
    position prerequisites program quota reason region requested role seats sector self_identified session
    sessions sex short_name signatories since starts_at starts_on state status summary syllabus
    title unit until venue venue_id vetted version waiting_list letter lines columns taken refused
    enrolled waiting unchanged left new_people moved told without_address sha256 merged
    enrolments_joined women men unstated explanation nomination view filtered
}

/// The page of a record, where there is one.
pub(super) fn subject_page(kind: &str, id: i64) -> Option<Path> {
    match kind {
        "account" => Some(paths::account(id.into())),
        "person" => Some(paths::person(id.into())),
        "institution" => Some(paths::institution(id.into())),
        "program" => Some(paths::program(id.into())),
        "course" => Some(paths::course(id.into())),
        "edition" => Some(paths::edition(id.into())),
        "enrolment" => Some(paths::enrolment(id.into())),
        "nomination" => Some(paths::nomination(id.into())),
        _ => None,
    }
}

/// A value as it is read.
pub(super) fn value(value: &serde_json::Value) -> Shown {
    use serde_json::Value;
    match value {
        Value::Null => Shown::Nothing,
        Value::Bool(true) => Shown::Text(t!(audit.yes)),
        Value::Bool(false) => Shown::Text(t!(audit.no)),
        Value::String(text) if text.is_empty() => Shown::Nothing,
        Value::String(text) => Shown::Text(text.clone()),
        other => Shown::Text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_something_has_no_before() {
        let unknown = |action: &&&str| !ACTIONS.contains(*action);
        assert_eq!(WITHOUT_BEFORE.iter().filter(unknown).count(), 0);
        let begins = |action: &str| {
            let ends = [
                "_create",
                "_request",
                "_enrol_other",
                "_copy",
                "_issue",
                "_grant",
                "_load",
                "_nominated",
                "_walk_in",
                "_export",
                "_substitute",
            ];
            let account = ["sign_", "register", "password_", "account_"];
            ends.iter().any(|end| action.ends_with(end))
                || account.iter().any(|start| action.starts_with(start))
                || action == "edition_assign_facilitator"
        };
        for action in ACTIONS {
            assert_eq!(WITHOUT_BEFORE.contains(action), begins(action), "{action}");
        }
    }
}
