//! The little that must be done to elements by hand: roles that make sense only while scripts run,
//! focus, and where the menu stands.

use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{Element, Event, HtmlElement, HtmlTableCellElement, HtmlTableRowElement},
};

use super::state::Place;

/// A cell that can be marked.
const CELL: &str = "td.mark-cell";

/// The room that a menu keeps from the frame's edge, in pixels.
const MARGIN: i32 = 4;

/// Makes the table a grid for assistive technology; one cell takes part in the order of tabs.
pub fn become_grid(frame: &HtmlElement) {
    let Some(table) = first(frame, "table") else {
        return;
    };
    set(&table, "role", "grid");
    let cells = all(frame, CELL);
    for (number, cell) in cells.iter().enumerate() {
        set(cell, "role", "gridcell");
        set(cell, "tabindex", if number == 0 { "0" } else { "-1" });
    }
}

/// Gives the place in the order of tabs to the cell that has the focus.
pub fn make_tabbable(frame: NodeRef<html::Div>, event: &ev::FocusEvent) {
    let (Some(frame), Some(cell)) = (frame.get_untracked(), cell_around(event)) else {
        return;
    };
    for old in all(&frame, "td.mark-cell[tabindex=\"0\"]") {
        set(&old, "tabindex", "-1");
    }
    set(&cell, "tabindex", "0");
}

/// Lets the first cell in sight take part in the order of tabs, when a search has hidden others.
pub fn make_first_tabbable(frame: NodeRef<html::Div>) {
    let Some(frame) = frame.get_untracked() else {
        return;
    };
    for old in all(&frame, "td.mark-cell[tabindex=\"0\"]") {
        set(&old, "tabindex", "-1");
    }
    if let Some(cell) = first(&frame, "tbody tr:not([hidden]) td.mark-cell") {
        set(&cell, "tabindex", "0");
    }
}

/// The element that an event happened to.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether an event happened within something.
pub fn is_in(event: &Event, selector: &str) -> bool {
    target(event).is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
}

/// Whether an event happened within the frame.
pub fn is_within(event: &Event, frame: NodeRef<html::Div>) -> bool {
    match (frame.get_untracked(), target(event)) {
        (Some(frame), Some(target)) => frame.contains(Some(&target)),
        _ => false,
    }
}

/// The place of the cell in which an event happened.
pub fn place(event: &Event) -> Option<Place> {
    let cell: HtmlTableCellElement = cell_around(event)?.dyn_into().ok()?;
    let row: HtmlTableRowElement = cell.parent_element()?.dyn_into().ok()?;
    Some(Place {
        row: usize::try_from(row.section_row_index()).ok()?,
        // The first column has the names.
        column: usize::try_from(cell.cell_index()).ok()?.checked_sub(1)?,
    })
}

/// Moves the focus to a cell.
pub fn focus(frame: NodeRef<html::Div>, place: Place) {
    if let Some(cell) = frame.get_untracked().and_then(|frame| cell(&frame, place)) {
        // A cell that cannot take the focus has gone from the page.
        drop(cell.focus());
    }
}

/// Puts the menu below its cell, or above where it would not be in sight.
pub fn place_menu(frame: &HtmlElement, menu: &HtmlElement, place: Place) {
    let Some(cell) = cell(frame, place) else {
        return;
    };
    let (above, below) = (cell.offset_top(), cell.offset_top() + cell.offset_height());
    let height = menu.offset_height() + MARGIN;
    let fits_above = above - frame.scroll_top() >= height;
    let top = if below + height <= lowest_in_sight(frame) || !fits_above {
        below
    } else {
        above - height
    };
    let right = frame.scroll_left() + frame.client_width() - menu.offset_width() - MARGIN;
    let left = cell.offset_left().min(right).max(MARGIN);
    let style = menu.style();
    for (property, value) in [("inset-block-start", top), ("inset-inline-start", left)] {
        // Both are properties that every browser knows.
        drop(style.set_property(property, &format!("{value}px")));
    }
}

/// How far down the frame's content can be seen, within the frame and within the window.
fn lowest_in_sight(frame: &HtmlElement) -> i32 {
    let in_frame = frame.scroll_top() + frame.client_height();
    let (window, mut page_top) = (window(), frame.offset_top());
    let mut parent = frame.offset_parent();
    while let Some(element) = parent.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        page_top += element.offset_top();
        parent = element.offset_parent();
    }
    let height = window
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let (Some(height), Ok(scrolled)) = (height, window.scroll_y()) else {
        return in_frame;
    };
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
    let in_window = (height + scrolled) as i32 - page_top + frame.scroll_top();
    in_frame.min(in_window)
}

fn cell(frame: &HtmlElement, place: Place) -> Option<HtmlElement> {
    let row = place.row + 1;
    let column = place.column + 2;
    first(
        frame,
        &format!("tbody tr:nth-child({row}) td:nth-child({column})"),
    )?
    .dyn_into()
    .ok()
}

fn cell_around(event: &Event) -> Option<Element> {
    target(event)?.closest(CELL).ok().flatten()
}

fn first(frame: &HtmlElement, selector: &str) -> Option<Element> {
    frame.query_selector(selector).ok().flatten()
}

/// All elements that a selector finds, in their order.
fn all(frame: &HtmlElement, selector: &str) -> Vec<Element> {
    let mut found = Vec::new();
    let mut rows = first(frame, "tbody").and_then(|body| body.first_element_child());
    while let Some(row) = rows {
        let mut cells = row.first_element_child();
        while let Some(cell) = cells {
            cells = cell.next_element_sibling();
            if cell.matches(selector).unwrap_or(false) {
                found.push(cell);
            }
        }
        rows = row.next_element_sibling();
    }
    found
}

fn set(element: &Element, name: &str, value: &str) {
    // Fails only for names that are none.
    drop(element.set_attribute(name, value));
}
