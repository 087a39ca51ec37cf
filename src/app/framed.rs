//! The frame around every page: the navigation of the role, the account's menu, the languages.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{self, Viewer},
    paths,
    server::{page, words},
    t,
    ui::{AccountMenu, FrameProps, LanguageLink, NavItem, SearchBox, frame},
};

/// A page within its frame.
pub(super) fn framed(content: AnyView) -> AnyView {
    let viewer = access::maybe_viewer();
    let path = page::current_address();
    let props = FrameProps {
        home: paths::home().into(),
        nav: navigation(viewer.as_ref(), path.as_str()),
        sign_in: viewer
            .is_none()
            .then(|| NavItem::new(t!(access.sign_in), paths::sign_in(), false)),
        search: viewer
            .as_ref()
            .filter(|viewer| viewer.reads_register())
            .map(|_| SearchBox {
                action: paths::people().into(),
                label: t!(people.search),
                hint: t!(people.search_hint),
                value: String::new(),
            }),
        account: viewer.map(account_menu),
        languages: languages(&path),
        footer: vec![
            NavItem::new(t!(certificates.verify_title), paths::verify(), false),
            NavItem::new(t!(public.help), paths::help(), false),
            NavItem::new(t!(public.privacy), paths::privacy(), false),
        ],
        version: env!("CARGO_PKG_VERSION").to_owned(),
        banner: None,
    };
    frame(props, content)
}

/// The navigation of the role: what one works with, not all that there is.
fn navigation(viewer: Option<&Viewer>, path: &str) -> Vec<NavItem> {
    let item = |label: String, target: paths::Path| {
        let current = if target == paths::home() {
            path == "/"
        } else {
            path.starts_with(target.as_str())
        };
        NavItem::new(label, target, current)
    };
    let Some(viewer) = viewer else {
        return vec![item(t!(public.courses), paths::courses())];
    };
    let mut items = vec![item(t!(public.home), paths::home())];
    if viewer.roles.administrator || viewer.is_coordinator() {
        items.push(item(t!(courses.programs), paths::programs()));
    }
    if viewer.is_staff() {
        items.push(item(t!(courses.calendar), paths::calendar()));
    }
    if viewer.reads_register() {
        items.push(item(t!(people.title), paths::people()));
    }
    if viewer.roles.administrator || viewer.roles.manager || viewer.is_coordinator() {
        items.push(item(t!(reports.title), paths::totals()));
    }
    if viewer.roles.administrator {
        items.push(item(t!(audit.title), paths::audit()));
        items.push(item(t!(admin.title), paths::admin()));
    }
    if !viewer.is_staff() {
        items.push(item(t!(public.courses), paths::courses()));
        items.push(item(t!(certificates.mine), paths::my_certificates()));
        items.push(item(t!(people.my_data), paths::my_data()));
    }
    items
}

fn account_menu(viewer: Viewer) -> AccountMenu {
    let mut links = vec![NavItem::new(
        t!(access.my_account),
        paths::my_account(),
        false,
    )];
    if viewer.is_staff() {
        links.push(NavItem::new(t!(people.my_learning), paths::me(), false));
    }
    AccountMenu {
        name: viewer.name,
        email: viewer.email,
        links,
        sign_out: access::actions::SignOut::PATH.to_owned(),
    }
}

fn languages(path: &paths::Path) -> Vec<LanguageLink> {
    let current = words::locale_code(words::locale());
    [("es", "Español"), ("en", "English")]
        .into_iter()
        .map(|(code, label)| LanguageLink {
            label: label.to_owned(),
            code,
            href: path.clone().with("lang", code).into(),
            current: code == current,
        })
        .collect()
}
