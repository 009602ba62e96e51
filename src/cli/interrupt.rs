//! Ctrl-C: stops the question that runs; where none runs, or at the second time, the program.

use super::exit::Exit;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

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
        let _ = ctrlc::set_handler(move || own.hit());
        interrupt
    }

    fn hit(&self) {
        let again = self.cancel.swap(true, Ordering::SeqCst);
        if again || !self.running.load(Ordering::SeqCst) {
            std::process::exit(Exit::Interrupted as i32);
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
