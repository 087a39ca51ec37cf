//! The house's look: every page is built from these pieces and from no other markup where a
//! piece exists. They render on the server alone and need no JavaScript.
//!
//! | need | piece |
//! | --- | --- |
//! | a page | [`Page`] (`width`: reading, form, work), [`Section`], [`Split`], [`Prose`], [`Markdown`] |
//! | say something | [`Notice`], [`EmptyState`], [`Answer`] |
//! | act | [`ButtonLink`], [`PostButton`], [`ConfirmButton`], [`ButtonRow`] |
//! | a form | [`Form`], [`FieldSet`], [`FieldRow`], [`FormActions`], the fields |
//! | fields | [`TextField`], [`EmailField`], [`TelField`], [`PasswordField`], [`NumberField`], [`DateField`], [`DateTimeField`], [`TimeField`], [`SelectField`], [`RadioGroup`], [`CheckboxField`], [`CheckboxGroup`], [`FileField`], [`TextAreaField`], [`HiddenField`], [`VersionField`] |
//! | a list | [`FilterBar`], [`SearchField`], [`Table`], [`sort_head`], [`BulkBar`], [`KeysetPager`] |
//! | a state | [`Chip`] |
//! | an amount | [`SeatsBar`], [`ShareBar`], [`Bar`], [`Progress`], [`Figures`] of [`Figure`], [`number`] |
//! | a moment | [`When`], [`Day`], [`time`], [`MonthGrid`] |
//! | facts | [`Facts`] of [`Fact`], [`Cards`] of [`Card`] |
//! | work to do | [`TodoList`], [`Steps`], [`Tabs`] |
//! | an island | [`ClientBundle`], once on its page |
//!
//! Text comes from the caller, in the reader's language: `label=t!(courses.title)`. Optional
//! properties may be left out; a text property takes a `String` or `&str`.
//!
//! # A list page
//!
//! ```text
//! view! {
//!     <Page title=t!(people.title) lead=t!(people.lead)
//!         breadcrumbs=vec![(t!(app.home), Some("/".into())), (t!(people.title), None)]
//!         action=view! { <ButtonLink href=paths::new_person()>{t!(people.add)}</ButtonLink> }.into_any()>
//!         <FilterBar action=paths::people() clear=paths::people()>
//!             <SearchField name="q" label=t!(people.search) value=query.text />
//!             <SelectField name="sector" label=t!(people.sector)
//!                 value=query.sector placeholder=t!(people.any_sector) options=sectors />
//!         </FilterBar>
//!         <Table caption=t!(people.title) caption_hidden=true cards=true>
//!             <thead><tr>
//!                 {sort_head(t!(people.name), query.order, Column::Name.natural(), |order| query.ordered(order))}
//!                 <th scope="col" class="num">{t!(people.hours)}</th>
//!             </tr></thead>
//!             <tbody>{rows.into_iter().map(|row| view! {
//!                 <tr>
//!                     <th scope="row"><a href=row.href>{row.name}</a></th>
//!                     <td class="num" data-label=t!(people.hours)>{number::count(row.hours)}</td>
//!                 </tr>
//!             }).collect_view()}</tbody>
//!         </Table>
//!         <KeysetPager count=t!(people.shown, n = shown) first=first next=next />
//!     </Page>
//! }
//! ```
//! Where nothing is found: `<EmptyState title=… body=… action=view!{…}.into_any() />` instead of
//! the table. `clear`, `first` and `next` take an address or an `Option` of one; `clear` is the link
//! that drops the filters, and is none while there are none: `clear=query.any().then(paths::people)`.
//!
//! # A form page
//!
//! ```text
//! view! {
//!     <Page title=t!(courses.new) width=Width::Form breadcrumbs=crumbs>
//!         <Form action="/api/courses/create">
//!             <TextField name="title" label=t!(courses.name) required=true maxlength=120 />
//!             <SelectField name="kind" label=t!(courses.kind) required=true
//!                 placeholder=t!(courses.choose_kind) options=vec![("workshop", t!(courses.workshop))] />
//!             <FieldRow>
//!                 <NumberField name="hours" label=t!(courses.hours) value="20" min=1.0 unit="h" />
//!                 <DateField name="starts_on" label=t!(courses.starts) value=today.to_string() />
//!             </FieldRow>
//!             <TextAreaField name="syllabus" label=t!(courses.syllabus) />
//!             <FormActions submit=t!(courses.create) cancel=paths::courses() />
//!         </Form>
//!     </Page>
//! }
//! ```
//! Fields find by themselves what was typed and what is wrong: `Form` takes the request's
//! [`FormState`] (a context) if its action is the one that refused, and hands it to the fields
//! inside; a page passes nothing along. Where a page holds several forms, names that repeat get an
//! `id` of their own.
//!
//! # Markup that is not a component
//!
//! In a `cards` table every cell but the row's heading bears `data-label`, the column's name; on a
//! phone the heading stands on top, the labelled cells two by two, cells without a label (actions)
//! below. No element bears a `style` attribute: the page's policy forbids it.
//!
//! Numbers in tables: `class="num"`. A row that is chosen: a checkbox in its first cell, inside
//! `<form class="bulk" method="post">` with a [`BulkBar`] after the table. Text for assistive
//! technology alone: `class="visually-hidden"`. Secondary text: `class="quiet"`; small: `"small"`.
//! A plain list without bullets: `<ul class="lines" role="list">`, its lines divided by hairlines.
//!
//! ## The attendance grid
//!
//! ```text
//! <div class="grid-frame" role="region" tabindex="0" aria-label=…>
//!   <table class="grid">
//!     <thead><tr>
//!       <th scope="col" class="grid-person">Persona</th>
//!       <th scope="col">mar 14 nov <span class="grid-hour">9:00</span> <a class="button button-quiet">Tomar lista</a></th>
//!       <th scope="col" class="grid-share">Asistencia</th></tr></thead>
//!     <tbody><tr>
//!       <th scope="row" class="grid-person">Quispe Mamani, Rosa <span class="quiet">Fiscalía</span></th>
//!       <td class="mark-cell is-saved | is-conflict | is-unsaved">
//!         <span class="mark-chip mark-present | mark-late | mark-partial | mark-excused | mark-absent | mark-none">Presente</span></td>
//!       <td class="grid-share"><ShareBar share=0.75 minimum=0.8 state=ShareState::Short /></td></tr></tbody>
//!     <tfoot><tr><th scope="row">Asistieron</th><td class="num">38/40</td>…</tr></tfoot>
//!   </table></div>
//! ```
//! On a phone, one session with one person per line and four big buttons:
//! ```text
//! <p class="roll-count" role="status">12 de 40 tomadas</p>
//! <ul class="roll" role="list"><li class="roll-line is-saved">
//!   <p class="roll-name">Quispe Mamani, Rosa <span class="quiet">Fiscalía</span></p>
//!   <fieldset class="marks"><legend class="visually-hidden">Rosa Quispe Mamani</legend>
//!     <label class="mark mark-present"><input type="radio" name="mark-17" value="present" /><span>Presente</span></label>
//!     … mark-late, mark-excused, mark-absent
//!   </fieldset></li></ul>
//! <div class="roll-actions"><button class="button">Guardar</button></div>
//! ```
//!
//! ## A self-paced step
//!
//! ```text
//! <article class="lesson">
//!   <Progress label="Paso 3 de 8" done=3 total=8 />
//!   <Prose>…</Prose>
//!   <div class="lesson-actions"><ButtonLink kind=Secondary href=back>Volver</ButtonLink> <PostButton kind=Primary …>Continuar</PostButton></div>
//! </article>
//! ```

mod answer;
mod bars;
mod button;
mod calendar;
mod card;
mod chip;
mod client;
mod definition;
mod field;
mod filter;
mod form;
mod form_state;
mod frame;
mod icon;
mod layout;
mod link;
pub mod markdown;
mod notice;
pub mod number;
mod pagination;
mod qr;
mod steps;
mod table;
mod tabs;
pub mod time;
mod todo;

pub use self::{
    answer::Answer,
    bars::{Bar, Figure, Figures, Progress, SeatsBar, ShareBar, ShareState},
    button::{ButtonKind, ButtonLink, ButtonRow, ConfirmButton, PostButton},
    calendar::{CalendarEntry, MonthGrid},
    card::{Card, Cards, Section},
    chip::{Chip, Tone},
    client::ClientBundle,
    definition::{Fact, Facts},
    field::{
        CheckboxField, CheckboxGroup, Choice, Choices, DateField, DateTimeField, EmailField,
        FileField, HiddenField, NumberField, PasswordField, RadioGroup, SearchField, SelectField,
        TelField, TextArea, TextAreaField, TextField, TimeField, VersionField,
    },
    filter::FilterBar,
    form::{ErrorSummary, FORM_KEY, FieldRow, FieldSet, Form, FormActions, FormKey},
    form_state::{FieldMessage, FormState},
    frame::{AccountMenu, FrameProps, LanguageLink, NavItem, SearchBox, frame},
    icon::{Icon, IconShape},
    layout::{Breadcrumbs, Page, PageContext, Prose, Split, Width},
    link::OptionalLink,
    markdown::Markdown,
    notice::{EmptyState, Notice, NoticeKind},
    pagination::KeysetPager,
    qr::QrCode,
    steps::{Step, Steps},
    table::{BulkBar, Table, sort_head},
    tabs::{TabItem, Tabs},
    time::{Day, When},
    todo::{TodoItem, TodoList},
};
