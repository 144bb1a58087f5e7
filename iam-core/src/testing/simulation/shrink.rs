//! Making a run shorter while it breaks the same law.

use super::{
    Action, Simulation,
    run::{Broken, twice},
};
use crate::testing::Factory;

/// Runs that are made at most.
const RUNS: usize = 120;

/// The shortest run found, and how it fails.
pub(super) fn shorter(
    simulation: &Simulation,
    factory: &Factory,
    mut actions: Vec<Action>,
    mut broken: Broken,
) -> (Vec<Action>, Broken) {
    // Panics of the attempts are expected, and not for the eyes of anybody.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let law = broken.law.clone();
    let mut runs = 0;
    let mut fails = |actions: &[Action]| {
        runs += 1;
        match runs > RUNS {
            true => None,
            false => twice(simulation, factory, actions)
                .err()
                .filter(|broken| broken.law == law),
        }
    };
    let mut size = actions.len().div_ceil(2);
    while size > 0 {
        let mut place = 0;
        while place < actions.len() {
            let end = (place + size).min(actions.len());
            let mut fewer = actions.clone();
            fewer.drain(place..end);
            match fails(&fewer) {
                Some(found) => (actions, broken) = (fewer, found),
                None => place = end,
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    for place in 0..actions.len() {
        let mut calmer = actions.clone();
        if let Some(action) = calmer.get_mut(place).filter(|action| !action.calm) {
            action.calm = true;
            if let Some(found) = fails(&calmer) {
                (actions, broken) = (calmer, found);
            }
        }
    }
    let mut alone = actions.clone();
    alone.iter_mut().for_each(|action| action.process = 0);
    if alone != actions
        && let Some(found) = fails(&alone)
    {
        (actions, broken) = (alone, found);
    }
    std::panic::set_hook(hook);
    (actions, broken)
}
