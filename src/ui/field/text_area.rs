//! Text of several lines. The renderer writes the children of a `<textarea>` without escaping
//! them, so nothing else in the house may write one.

use leptos::prelude::*;

use super::{FormState, Shell};

/// Text of several lines under a label.
#[component]
pub fn TextAreaField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its value while nothing was typed.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Characters at most.
    #[prop(default = 4000)]
    maxlength: u32,
    /// Lines in sight.
    #[prop(default = 4)]
    rows: u32,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let control = view! {
        <TextArea name=name id=shell.id.clone() text=form.value_or(name, value) rows=rows
            maxlength=maxlength required=required described_by=shell.described_by()
            invalid=shell.error.is_some() />
    };
    shell.around(control.into_any())
}

/// The bare control, which escapes its text itself.
#[component]
pub fn TextArea(
    /// The field's name.
    name: &'static str,
    /// The control's id; a label must point to it.
    #[prop(into)]
    id: String,
    /// What stands in it.
    #[prop(optional, into)]
    text: String,
    /// Lines in sight.
    #[prop(default = 4)]
    rows: u32,
    /// Characters at most.
    #[prop(default = 4000)]
    maxlength: u32,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Ids of what describes it.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
    /// Whether what stands in it was refused.
    #[prop(optional)]
    invalid: bool,
) -> impl IntoView {
    view! {
        <textarea class="input" name=name id=id rows=rows.to_string()
            maxlength=maxlength.to_string() required=required aria-describedby=described_by
            aria-invalid=invalid.then_some("true") inner_html=escaped(&text)></textarea>
    }
}

/// The text as HTML. The first line break is doubled because a parser drops it.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    if text.starts_with(['\n', '\r']) {
        html.push('\n');
    }
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str) -> String {
        let text = text.to_owned();
        view! { <TextArea name="note" id="note" text=text /> }.to_html()
    }

    #[test]
    fn text_cannot_close_the_control() {
        let html = rendered("</textarea><script>alert(1)</script>");
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"),
            "{html}"
        );
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn entities_come_back_as_they_were_typed() {
        assert!(rendered("a &lt; b").contains("a &amp;lt; b"));
    }

    #[test]
    fn a_first_line_break_survives() {
        assert!(rendered("\nuno").contains(">\n\nuno</textarea>"));
    }
}
