//! `rhetor annotate`.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use rhetor::{Annotator, AnnotatorBuilder, Record};

use crate::args::{Annotate, Limit};
use crate::input::{self, is_stdin, Inputs};
use crate::messages::{error, note, warning, Failure, Status};
use crate::ordered::ordered;
use crate::output::{Output, Target};
use crate::settings::{Origin, Setting, Settings};
use crate::work::Work;

/// Annotates what was named; says how that ended.
pub(crate) fn run(args: Annotate) -> Result<Status, Failure> {
    let settings = Settings::find(&args.files, &args.choices, &args.results, args.format)?;
    let stored = args.reproduce.as_deref().map(stored).transpose()?;
    let (builder, own) = settings.builder(stored.as_ref())?;
    if args.list_devices {
        return list_devices(builder);
    }
    let annotator = match &stored {
        Some(record) => builder.reproduce(record).and_then(AnnotatorBuilder::build).map_err(Failure::new)?,
        None => settings.build(builder)?,
    };
    let limits = settings.limits(&annotator, stored.as_ref())?;
    try_examples(&annotator, &own, args.force)?;
    if args.files.iter().any(|file| is_stdin(file)) && io::stdin().is_terminal() {
        note("reading standard input; Ctrl-D ends it, `rhetor annotate --help` tells more");
    }

    // One result, or a list of them: that depends on what was asked for, never on what was found.
    let inputs = Inputs::find_texts(&args.files, args.input, &settings.exclude);
    settings.hold_for(args.files.iter().map(PathBuf::as_path).chain(inputs.paths()))?;
    for named in args.files.iter().filter(|file| file.is_file()) {
        if let Some(glob) = settings.exclude.leaves_out(named) {
            note(&glob.fault(&format!("this leaves {} out, which is annotated because it is named", named.display())));
        }
    }
    let many = inputs.have_lines() || args.files.len() > 1 || args.files[0].is_dir();
    if let Some(output) = args.output.as_deref().filter(|output| inputs.hold(output)) {
        return Err(Failure::new(format!("{} is to be read, and cannot take the results", output.display())));
    }
    let target = Target::open(args.output.as_deref())?;
    let work = Work {
        annotator,
        format: settings.format.value,
        offsets: args.results.offsets.or(stored.map(|record| record.offsets)).unwrap_or(settings.offsets.value),
        color: target.color,
        many,
        limits: limits.iter().map(|limit| limit.value.clone()).collect(),
    };
    let files = if inputs.have_lines() { 1 } else { inputs.count() };
    let mut output = Output::new(target, settings.format.value, many, files);
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    ordered(jobs, inputs.items(), move |item| work.run(item), &mut output)?;
    output.finish()?;

    let mut status = Status::Done;
    for (limit, count) in limits.iter().zip(&output.counts) {
        let Setting { value: Limit { device, count: most }, origin } = limit;
        if *count >= most.get() {
            let by = match origin {
                Origin::File(..) => format!("`fail-on.{device} = {most}` of {origin}"),
                _ => format!("--fail-on {device}={most}"),
            };
            error(&format!("{count} of {device} found, against {by}"));
            status = Status::Found;
        }
    }
    Ok(if output.faulty { Status::BadInput } else { status })
}

/// The first record in a file of results, be it one, an array of them, or a line each.
fn stored(path: &Path) -> Result<Record, Failure> {
    let text = input::text(path).map_err(Failure::new)?;
    let first = match text.trim_start().starts_with('[') {
        true => serde_json::from_str::<Vec<Record>>(&text).map(|records| records.into_iter().next()),
        false => serde_json::Deserializer::from_str(&text).into_iter().next().transpose(),
    };
    let name = path.display();
    first
        .map_err(|error| Failure::new(format!("{name}: no result of `rhetor annotate --format json`: {error}")))?
        .ok_or_else(|| Failure::new(format!("{name}: no result is in this file")))
}

/// A lexicon that fails its own examples does not do what its author thinks: nobody should rely on its tags unawares.
fn try_examples(annotator: &Annotator, lexicons: &[String], force: bool) -> Result<(), Failure> {
    for id in lexicons {
        let faults: Vec<String> = annotator.try_examples(id).iter().map(ToString::to_string).collect();
        if force {
            faults.iter().for_each(|fault| warning(fault));
        } else if !faults.is_empty() {
            let advice = format!("{id} fails its own examples; correct it, or use it as it is with --force");
            return Err(Failure::Message(format!("{advice}\n{}", faults.join("\n"))));
        }
    }
    Ok(())
}

fn list_devices(builder: AnnotatorBuilder) -> Result<Status, Failure> {
    let annotator = builder.all_devices().build().map_err(Failure::new)?;
    let width = annotator.devices().iter().map(|device| device.id().len()).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    for device in annotator.devices() {
        let when = if device.is_default() { "default" } else { "optional" };
        writeln!(out, "{:width$}  {when:8}  {}: {}", device.id(), device.title(), device.definition())?;
    }
    Ok(Status::Done)
}
