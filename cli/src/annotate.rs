//! `rhetor annotate`.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use rhetor::{Annotator, AnnotatorBuilder, Lexicon};

use crate::args::{Annotate, Limit};
use crate::input::{is_stdin, Inputs};
use crate::messages::{error, note, Failure, Status};
use crate::ordered::ordered;
use crate::output::{Output, Target};
use crate::work::Work;

/// Annotates what was named; says how that ended.
pub(crate) fn run(args: Annotate) -> Result<Status, Failure> {
    let builder = with_lexicons(&args.lexicon)?;
    if args.list_devices {
        return list_devices(builder);
    }
    let annotator = choose_devices(builder, &args.device).build().map_err(Failure::new)?;
    known(&args.fail_on, &annotator)?;
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
        offsets: args.offsets,
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

/// The bundled lexicons and those in files.
fn with_lexicons(files: &[PathBuf]) -> Result<AnnotatorBuilder, Failure> {
    let (mut builder, mut faults) = (Annotator::builder(), Vec::new());
    for file in files {
        match Lexicon::from_path(file) {
            Ok(lexicon) => builder = builder.lexicon(lexicon),
            Err(fault) => faults.push(fault.to_string()),
        }
    }
    match faults.is_empty() {
        true => Ok(builder),
        false => Err(Failure::Message(faults.join("\n"))),
    }
}

fn choose_devices(builder: AnnotatorBuilder, devices: &[String]) -> AnnotatorBuilder {
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
