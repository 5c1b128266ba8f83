//! A lexicon that extends another: the entries that it changes move over to it, and those that it disables go.

use toml::Spanned;

use super::requirement::Wanted;
use super::schema::{Entry, Fields, Override, Text};
use super::{suggest, Fault, Lexicon};

/// The lexicon that is extended, less the entries that were changed or disabled; the one that extends it, with the
/// changed entries and with all classes that these may name; and every fault.
///
/// Both keep their fingerprints: those of what was written.
pub(crate) fn overlay(overlay: &Lexicon, base: &Lexicon) -> (Lexicon, Lexicon, Vec<Fault>) {
    let (mut base, mut out, mut faults) = (base.clone(), overlay.clone(), Vec::new());
    let mut fault = |at: &Text, entry, message| {
        faults.push(overlay.fault(at.span().start, at.span().len(), entry, message));
    };

    if let Some(extends) = &overlay.content.extends {
        let wanted = Wanted::parse(extends.get_ref());
        if wanted.is_ok_and(|wanted| !wanted.version.allows(base.version())) {
            let message = format!("{} is here in version {}, which does not fit", base.id(), base.version());
            fault(extends, None, message);
        }
        let inherited = std::iter::once(base.id()).chain(base.uses()).map(str::to_owned);
        for id in inherited.collect::<Vec<_>>() {
            if !out.uses().any(|used| used == id) {
                out.content.uses.push(Spanned::new(extends.span(), id));
            }
        }
    }

    for entry in &overlay.content.entries {
        if base.entries().iter().any(|known| known.id() == entry.id()) {
            let message = format!(
                "{} has an entry \"{}\"; change it by `[[override]]`, or give this one another id",
                base.id(),
                entry.id()
            );
            fault(&entry.id, Some(entry.id()), message);
        }
    }

    let mut taken: Vec<&str> = Vec::new();
    let disabled = overlay.content.disabled.iter().map(|disabled| (&disabled.entry, None));
    let changed = overlay.content.overrides.iter().map(|change| (&change.entry, Some(change)));
    for (name, change) in disabled.chain(changed) {
        let id = name.get_ref().as_str();
        let Some(at) = base.entries().iter().position(|entry| entry.id() == id) else {
            let message = match taken.contains(&id) {
                true => format!("\"{id}\" is disabled or overridden already; say all of it once"),
                false => {
                    let hint = suggest(id, base.entries().iter().map(Entry::id));
                    format!("{} has no entry \"{id}\"{hint}", base.id())
                }
            };
            fault(name, Some(id), message);
            continue;
        };
        taken.push(id);
        let entry = base.content.entries.remove(at);
        let Some(change) = change else { continue };
        let kinds = base.devices().iter().find(|device| device.id() == entry.device()).map(|device| device.kinds());
        if let (Some(kind), Some(kinds)) = (&change.fields.kind, kinds) {
            if !kinds.is_empty() && !kinds.contains(kind.get_ref()) {
                let hint = suggest(kind.get_ref(), kinds.iter().map(String::as_str));
                let message = format!("{} has no kind \"{}\"{hint}", entry.device(), kind.get_ref());
                fault(kind, Some(id), message);
            }
        }
        let (entry, changes) = changed_by(entry, change);
        if !changes {
            let message = "this changes nothing: say a field, and in it something else than the entry does".to_owned();
            fault(name, Some(id), message);
        }
        out.content.entries.push(entry);
    }
    (base, out, faults)
}

/// The entry with what an override says, and whether that is anything new.
fn changed_by(entry: Entry, change: &Override) -> (Entry, bool) {
    let mut entry = moved(entry, &change.entry);
    let Fields { kind, patterns, requires, excludes, exception, gloss, note, confidence, examples, counterexamples } =
        change.fields.clone();
    let mut changes = false;
    let mut list = |field: &mut Vec<Text>, new: Option<Vec<Text>>| {
        if let Some(new) = new {
            changes |= !field.iter().map(Spanned::get_ref).eq(new.iter().map(Spanned::get_ref));
            *field = new;
        }
    };
    list(&mut entry.patterns, patterns);
    list(&mut entry.requires, requires);
    list(&mut entry.excludes, excludes);
    list(&mut entry.examples, examples);
    list(&mut entry.counterexamples, counterexamples);
    changes |= set(&mut entry.kind, kind.map(|kind| Some(kind.into_inner())));
    changes |= set(&mut entry.gloss, gloss.map(Some));
    changes |= set(&mut entry.note, note.map(Some));
    changes |= set(&mut entry.exception, exception);
    changes |= set(&mut entry.confidence, confidence);
    (entry, changes)
}

/// Sets a field where there is something to set, and tells whether it is something new.
fn set<T: PartialEq>(field: &mut T, new: Option<T>) -> bool {
    let Some(new) = new else { return false };
    let changes = *field != new;
    *field = new;
    changes
}

/// The entry as if it stood where another file names it: that is where faults in it are to be shown.
fn moved(mut entry: Entry, to: &Text) -> Entry {
    let Entry { id, patterns, requires, excludes, refs, examples, counterexamples, .. } = &mut entry;
    // References stay behind in the file that has them.
    refs.clear();
    let lists = [patterns, requires, excludes, examples, counterexamples];
    for text in lists.into_iter().flatten().chain([id]) {
        *text = Spanned::new(to.span(), text.get_ref().clone());
    }
    entry
}
