//! A sign of life while a question takes its time: on standard error, only on a terminal, only
//! after half a second, gone when the answer comes.

use std::io;
use std::io::Write;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

/// How long nothing is shown.
const QUIET: Duration = Duration::from_millis(500);

/// How often the line is drawn anew.
const BEAT: Duration = Duration::from_millis(200);

/// A running sign of life; ends when it is dropped.
pub struct Progress {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts one; does nothing where `wanted` is false.
    #[must_use]
    pub fn start(what: &'static str, wanted: bool) -> Self {
        if !wanted {
            return Self {
                stop: None,
                thread: None,
            };
        }
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::Builder::new().spawn(move || {
            let started = Instant::now();
            let mut wait = QUIET;
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(wait) {
                wait = BEAT;
                draw(what, started.elapsed());
            }
            if wait == BEAT {
                clear();
            }
        });
        Self {
            stop: Some(stop),
            thread: thread.ok(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // A sign of life that failed is no loss.
            let _ = thread.join();
        }
    }
}

fn draw(what: &str, elapsed: Duration) {
    let mut err = io::stderr().lock();
    let seconds = elapsed.as_secs_f64();
    let _ = write!(err, "\r{what} {seconds:.1} s (Ctrl-C stops)\x1b[K");
    let _ = err.flush();
}

fn clear() {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\r\x1b[K");
    let _ = err.flush();
}
