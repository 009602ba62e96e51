//! The same work on many things, on as many threads as the machine has cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::thread::Builder;

/// Most threads, however many cores there are: the disk is one.
const THREADS: usize = 16;

/// Stack of a thread, in bytes; only what is used is ever real.
const STACK: usize = 64 << 20;

/// Does the work for every number below `count`; gives the results in the order of the numbers.
pub(super) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(THREADS).min(count);
    let next = AtomicUsize::new(0);
    let run = || run(count, &next, &work);
    let mut done = thread::scope(|scope| {
        // This thread works, too, so that all is done where no other can be had.
        let others: Vec<_> = (1..threads)
            .filter_map(|_| {
                Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, run)
                    .ok()
            })
            .collect();
        let mut done = run();
        for other in others {
            done.extend(other.join().unwrap_or_default());
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Takes number after number until there are none.
fn run<T>(count: usize, next: &AtomicUsize, work: &impl Fn(usize) -> T) -> Vec<(usize, T)> {
    let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
    let numbers = numbers.take_while(|number| *number < count);
    numbers.map(|number| (number, work(number))).collect()
}
