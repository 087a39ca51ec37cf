//! A form that changes a record brings the version at which it was opened. Refused, it keeps that
//! one: with a newer one, saving again would overwrite what somebody else saved meanwhile, unseen.
//! Every page of the tables that holds such a form is asked.

use std::collections::BTreeSet;

use super::{Row, TABLES, World, rows};

/// Where the records stand, and where they stood when the form was opened.
const NOW: &str = "5";
const OPENED: &str = "1";

const CHANGED_MEANWHILE: &str = "
    UPDATE programs SET version = 5;
    UPDATE courses SET version = 5;
    UPDATE editions SET version = 5;
    UPDATE sessions SET version = 5;
    UPDATE steps SET version = 5;
    UPDATE institutions SET version = 5;
    UPDATE people SET version = 5;";

/// Every line about a page that somebody may read, and who.
fn readable() -> Vec<(Row, usize)> {
    TABLES
        .iter()
        .flat_map(|(_, table)| rows(table))
        .filter(|row| row.endpoint.starts_with("GET "))
        .filter_map(|row| {
            let who = row.expected.iter().position(|status| *status == 200)?;
            Some((row, who))
        })
        .collect()
}

/// A form of a page: where it is posted, and its hidden fields.
struct Form {
    endpoint: String,
    fields: Vec<(String, String)>,
}

impl Form {
    fn all(page: &str) -> Vec<Self> {
        let forms = page.split("<form ").skip(1);
        let forms = forms.map(|form| form.split("</form>").next().unwrap_or_default());
        forms.filter_map(Self::parse).collect()
    }

    fn parse(form: &str) -> Option<Self> {
        let endpoint = attribute(form, "action")?.strip_prefix("/api/")?.to_owned();
        let inputs = form.split("<input ").skip(1);
        let inputs = inputs.filter_map(|input| input.split('>').next());
        let hidden = inputs.filter(|input| attribute(input, "type") == Some("hidden"));
        let pair = |input| {
            let (name, value) = (attribute(input, "name")?, attribute(input, "value")?);
            Some((name.to_owned(), value.to_owned()))
        };
        Some(Self {
            endpoint,
            fields: hidden.filter_map(pair).collect(),
        })
    }

    fn version(&self) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields
            .find(|(name, _)| name == "version")
            .map(|(_, value)| value.as_str())
    }

    /// What tells it from others that are posted to the same action.
    fn about(&self) -> Vec<&(String, String)> {
        let fields = self.fields.iter();
        fields
            .filter(|(name, _)| name != "version" && name != "form_key")
            .collect()
    }

    fn as_opened(&self) -> Vec<(&str, &str)> {
        let fields = self.fields.iter();
        fields
            .map(|(name, value)| match name.as_str() {
                "version" => ("version", OPENED),
                name => (name, value.as_str()),
            })
            .collect()
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_keeps_the_version_at_which_it_was_opened() {
    let world = World::get().await;
    let app = world.app().await.app;
    app.execute(CHANGED_MEANWHILE).await;
    let (mut wrong, mut asked) = (BTreeSet::new(), BTreeSet::new());
    for (row, who) in readable() {
        let client = app.client(world.cookies[who].clone());
        let page = row.address(row.endpoint.trim_start_matches("GET "));
        for form in Form::all(&client.get(&page).await.body) {
            let Some(version) = form.version() else {
                continue;
            };
            if version != NOW {
                wrong.insert(format!("{page}: {version} instead of {NOW} when opened"));
            }
            let opened = form.as_opened();
            let refused = client.post_form(&page, &form.endpoint, &opened).await;
            let back = Form::all(&client.get(&refused.location()).await.body);
            let mut same = back.iter().filter(|other| other.endpoint == form.endpoint);
            let same = same.find(|other| other.about() == form.about());
            let kept = same.and_then(Form::version);
            if kept != Some(OPENED) {
                wrong.insert(format!("{page}: {} came back at {kept:?}", form.endpoint));
            }
            asked.insert(form.endpoint);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked.len() >= 11, "only these were asked: {asked:#?}");
}
