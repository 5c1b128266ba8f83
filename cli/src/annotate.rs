//! `rhetor annotate`.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use rhetor::{Annotator, AnnotatorBuilder, Record, Unit};

use crate::args::{Annotate, Limit};
use crate::input::{self, is_stdin, Inputs};
use crate::lexicon::{is_file, named};
use crate::messages::{error, note, warning, Failure, Status};
use crate::ordered::ordered;
use crate::output::{Output, Target};
use crate::work::Work;

/// Annotates what was named; says how that ended.
pub(crate) fn run(args: Annotate) -> Result<Status, Failure> {
    let (builder, own) = with_lexicons(&args.lexicon)?;
    if args.list_devices {
        return list_devices(builder);
    }
    let stored = args.reproduce.as_deref().map(stored).transpose()?;
    let builder = match &stored {
        Some(record) => builder.reproduce(record).map_err(Failure::new)?,
        None => choose_devices(builder, &args.device),
    };
    let annotator = builder.build().map_err(Failure::new)?;
    known(&args.fail_on, &annotator)?;
    try_examples(&annotator, &own, args.force)?;
    if args.files.iter().any(|file| is_stdin(file)) && io::stdin().is_terminal() {
        note("reading standard input; Ctrl-D ends it, `rhetor annotate --help` tells more");
    }

    // One result, or a list of them: that depends on what was asked for, never on what was found.
    let inputs = Inputs::find_texts(&args.files, args.input);
    let many = inputs.have_lines() || args.files.len() > 1 || args.files[0].is_dir();
    if let Some(output) = args.output.as_deref().filter(|output| inputs.hold(output)) {
        return Err(Failure::new(format!("{} is to be read, and cannot take the results", output.display())));
    }
    let target = Target::open(args.output.as_deref())?;
    let work = Work {
        annotator,
        format: args.format,
        offsets: args.offsets.unwrap_or(stored.map_or(Unit::Bytes, |record| record.offsets)),
        color: target.color,
        many,
        limits: args.fail_on.clone(),
    };
    let files = if inputs.have_lines() { 1 } else { inputs.count() };
    let mut output = Output::new(target, args.format, many, files);
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    ordered(jobs, inputs.items(), move |item| work.run(item), &mut output)?;
    output.finish()?;

    let mut status = Status::Done;
    for (limit, count) in args.fail_on.iter().zip(&output.counts) {
        if *count >= limit.count.get() {
            let Limit { device, count: limit } = limit;
            error(&format!("{count} of {device} found, against --fail-on {device}={limit}"));
            status = Status::Found;
        }
    }
    Ok(if output.faulty { Status::BadInput } else { status })
}

/// The bundled lexicons and those that were named, and the ids of those from files.
pub(crate) fn with_lexicons(names: &[String]) -> Result<(AnnotatorBuilder, Vec<String>), Failure> {
    let (mut builder, mut own, mut faults) = (Annotator::builder(), Vec::new(), Vec::new());
    for name in names {
        match named(name) {
            Ok(lexicon) => {
                if is_file(name) {
                    own.push(lexicon.id().to_owned());
                }
                builder = builder.lexicon(lexicon);
            }
            Err(Failure::Message(fault)) => faults.push(fault),
            Err(failure) => return Err(failure),
        }
    }
    match faults.is_empty() {
        true => Ok((builder, own)),
        false => Err(Failure::Message(faults.join("\n"))),
    }
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

/// The devices that were asked for.
pub(crate) fn choose_devices(builder: AnnotatorBuilder, devices: &[String]) -> AnnotatorBuilder {
    let named = |name| devices.iter().any(|device| device == name);
    match devices {
        [] => builder,
        _ if named("all") => builder.all_devices(),
        _ if named("default") => builder.also(devices.iter().filter(|device| *device != "default")),
        _ => builder.only(devices),
    }
}

/// A limit on what is never looked for would never be met.
fn known(limits: &[Limit], annotator: &Annotator) -> Result<(), Failure> {
    let sought: Vec<&str> = annotator.devices().iter().map(|device| device.id()).collect();
    match limits.iter().find(|limit| !sought.contains(&limit.device.as_str())) {
        Some(Limit { device, .. }) => Err(Failure::Message(format!(
            "--fail-on {device}: not among the devices looked for, which are {}; --device adds others",
            sought.join(", ")
        ))),
        None => Ok(()),
    }
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
