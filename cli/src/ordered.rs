//! Many workers, results in order, memory bounded, nothing held back.

use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc::{channel, sync_channel, Receiver, Sender, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How many items a worker may have waiting, so that a slow one does not keep the others idle.
const AHEAD: usize = 4;

/// Takes results as they come.
pub(crate) trait Sink<O> {
    /// The next result, in the order of the items.
    fn put(&mut self, output: O) -> io::Result<()>;
    /// Nothing more is ready: a good time to hand out what was kept back.
    fn idle(&mut self) -> io::Result<()>;
}

/// Runs `work` on every item, on `jobs` threads, and gives the results to `sink` in the order of the items.
///
/// Items are read on a thread of their own, so that the first result does not wait for the second item; and only a few
/// items ahead of the slowest worker. If the sink fails, the threads are left to themselves: they end with the process.
pub(crate) fn ordered<I: Send + 'static, O: Send + 'static>(
    jobs: NonZeroUsize,
    items: impl Iterator<Item = I> + Send + 'static,
    work: impl Fn(I) -> O + Send + Sync + 'static,
    sink: &mut impl Sink<O>,
) -> io::Result<()> {
    // A place in the line is taken before the work is given out; each place is a channel for one result.
    let (line, places) = sync_channel::<Receiver<O>>(jobs.get() * AHEAD);
    let (give, take) = channel::<(I, SyncSender<O>)>();
    let (work, take) = (Arc::new(work), Arc::new(Mutex::new(take)));
    for _ in 0..jobs.get() {
        let (work, take) = (work.clone(), take.clone());
        thread::spawn(move || {
            while let Some((item, place)) = next(&take) {
                // Nobody waits for the result once the sink has failed.
                let _ = place.send(work(item));
            }
        });
    }
    thread::spawn(move || read(items, &line, &give));

    let gone = || io::Error::other("a worker ended before its work was done");
    while let Some(place) = wait(&places, sink)? {
        let output = wait(&place, sink)?.ok_or_else(gone)?;
        sink.put(output)?;
    }
    Ok(())
}

fn next<T>(take: &Mutex<Receiver<T>>) -> Option<T> {
    take.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn read<I, O>(items: impl Iterator<Item = I>, line: &SyncSender<Receiver<O>>, give: &Sender<(I, SyncSender<O>)>) {
    for item in items {
        let (place, result) = sync_channel(1);
        if line.send(result).is_err() || give.send((item, place)).is_err() {
            return;
        }
    }
}

/// What comes next, or `None` at the end; the sink is told if that takes a while.
fn wait<T, O>(from: &Receiver<T>, sink: &mut impl Sink<O>) -> io::Result<Option<T>> {
    match from.try_recv() {
        Ok(next) => Ok(Some(next)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            sink.idle()?;
            Ok(from.recv().ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Collect(Vec<usize>);

    impl Sink<usize> for Collect {
        fn put(&mut self, output: usize) -> io::Result<()> {
            self.0.push(output);
            match output {
                1000 => Err(io::ErrorKind::BrokenPipe.into()),
                _ => Ok(()),
            }
        }

        fn idle(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const THREE: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2);

    #[test]
    fn results_keep_the_order_of_the_items() {
        let mut sink = Collect(Vec::new());
        let work = |n: usize| {
            thread::sleep(std::time::Duration::from_micros((n as u64 * 7919) % 300));
            n
        };
        ordered(THREE, 0..500, work, &mut sink).expect("the sink takes all");
        assert_eq!(sink.0, (0..500).collect::<Vec<_>>());
    }

    #[test]
    fn an_endless_source_ends_with_the_sink() {
        let mut sink = Collect(Vec::new());
        let ended = ordered(THREE, 0.., |n| n, &mut sink);
        assert_eq!(ended.map_err(|e| e.kind()), Err(io::ErrorKind::BrokenPipe));
        assert_eq!(sink.0.len(), 1001);
    }
}
