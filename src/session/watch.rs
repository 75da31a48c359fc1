//! How long work says how far it is, and how it is stopped.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::refusal::Refusal;

/// A switch that stops a job; shared between who works and who may stop it.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What long work reports to: how much is done, of how much.
pub struct Watch<'a> {
    cancel: Cancel,
    report: Box<dyn FnMut(u64, Option<u64>) + Send + 'a>,
}

impl<'a> Watch<'a> {
    /// Reports to a function, which is called often and shall be quick.
    pub fn new(cancel: Cancel, report: impl FnMut(u64, Option<u64>) + Send + 'a) -> Self {
        Self {
            cancel,
            report: Box::new(report),
        }
    }

    /// Reports to nobody and is never stopped.
    pub fn silent() -> Self {
        Self::new(Cancel::default(), |_, _| {})
    }

    /// Says how far the work is.
    pub fn report(&mut self, done: u64, total: Option<u64>) {
        (self.report)(done, total);
    }

    /// Whether the work shall stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// The same two as the store asks for them: it says how far it is, and is told whether to go on.
    pub fn meter(&mut self) -> impl FnMut(u64, u64) -> ControlFlow<()> {
        |done, total| {
            self.report(done, Some(total));
            if self.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }

    /// Refuses to go on where the work shall stop.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn refuse_cancelled(&self) -> Result<(), Refusal> {
        if self.is_cancelled() {
            let text = "the change was stopped; the project is as it was";
            return Err(Refusal::new("cancelled", text));
        }
        Ok(())
    }

    /// The switch.
    pub fn cancel(&self) -> &Cancel {
        &self.cancel
    }
}
