//! Ctrl-C: stops the question that runs; where none runs, or where that took too long, the program.

use super::exit::Exit;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

/// How long a question has to stop before another Ctrl-C ends the program.
const PATIENCE: Duration = Duration::from_millis(300);

/// What Ctrl-C looks at.
#[derive(Clone, Debug)]
pub struct Interrupt {
    running: Arc<AtomicBool>,
    cancel: Arc<AtomicBool>,
}

impl Interrupt {
    /// Takes over Ctrl-C; `cancel` stops the running question.
    #[must_use]
    pub fn install(cancel: Arc<AtomicBool>) -> Self {
        let interrupt = Self {
            running: Arc::default(),
            cancel,
        };
        let own = interrupt.clone();
        // Without a handler Ctrl-C ends the program, which is right enough.
        let mut first = None;
        let _ = ctrlc::set_handler(move || own.hit(&mut first));
        interrupt
    }

    fn hit(&self, first: &mut Option<Instant>) {
        let again = self.cancel.swap(true, Ordering::SeqCst);
        // One wish may come as two signals, to the process and to its group.
        let impatient = again && first.is_some_and(|first| first.elapsed() > PATIENCE);
        if impatient || !self.running.load(Ordering::SeqCst) {
            std::process::exit(Exit::Interrupted as i32);
        }
        if !again {
            *first = Some(Instant::now());
        }
    }

    /// Runs something that the flag can stop.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.cancel.store(false, Ordering::SeqCst);
        self.running.store(true, Ordering::SeqCst);
        let done = work();
        self.running.store(false, Ordering::SeqCst);
        done
    }
}
