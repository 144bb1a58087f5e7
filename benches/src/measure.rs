//! Rounds of two programs in turn, and what is told about them.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use crate::{
    ours::Ours,
    program::{BATCH, Failure, Operation, Program as _, Subject},
    world::World,
};

/// One round.
#[derive(Debug, Clone, Copy, Default)]
pub struct Round {
    /// How often the operation was carried out.
    pub times: usize,
    /// Seconds that passed.
    pub wall: f64,
    /// Seconds of processor time of this process.
    pub cpu: f64,
    /// The number made of all answers.
    pub answers: u64,
}

/// Both programs' rounds of one operation.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// What it is called.
    pub name: String,
    /// The library's rounds.
    pub ours: Vec<Round>,
    /// The plain program's; none where there is no such program.
    pub raw: Vec<Round>,
}

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Rounds of each program.
    pub rounds: usize,
    /// How long a round should take.
    pub round: Duration,
}

/// Processor time of this process so far.
pub fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Processor time of this thread so far: nothing that other threads do after a commit is in it.
pub fn own_cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Carries out work that does something so many times.
///
/// # Errors
/// When it fails.
pub async fn timed<T>(
    times: usize,
    work: impl Future<Output = Result<T, Failure>>,
    answers: impl FnOnce(T) -> u64,
) -> Result<Round, Failure> {
    let (clock, busy) = (Instant::now(), cpu());
    let answer = work.await?;
    Ok(Round {
        times,
        wall: clock.elapsed().as_secs_f64(),
        cpu: cpu() - busy,
        answers: answers(answer),
    })
}

/// Imports the company into both programs, a tenth of it in turn, and at least ten commits.
///
/// # Errors
/// When a program fails.
pub async fn import(world: &Arc<World>, ours: &Subject, raw: Option<&Subject>) -> Result<Figures, Failure> {
    let mut figures = Figures {
        name: format!("import, {BATCH} a commit"),
        ..Figures::default()
    };
    for subject in [Some(ours), raw].into_iter().flatten() {
        subject.program.found(world).await?;
    }
    let part = world.users.div_ceil(10).max(10 * BATCH).next_multiple_of(BATCH);
    for from in (0..world.users).step_by(part) {
        let until = (from + part).min(world.users);
        for (subject, rounds) in [(Some(ours), &mut figures.ours), (raw, &mut figures.raw)] {
            let Some(subject) = subject else { continue };
            let work = subject.program.import(world, from..until);
            rounds.push(timed(until - from, work, |()| 0).await?);
        }
    }
    Ok(figures)
}

/// What a hundredth of dirty rows costs: the same company into two storages in turn, one of them with rows that are
/// refused. Answers with the processor time of the second for each second of the first.
///
/// # Errors
/// When a storage fails, or others were refused than those that are wrong.
pub async fn dirty(world: &Arc<World>, clean: &Ours, dirty: &Ours) -> Result<f64, Failure> {
    clean.found(world).await?;
    dirty.found(world).await?;
    let mut ratios = Vec::new();
    let part = 4 * BATCH;
    for from in (0..world.users).step_by(part) {
        let range = from..(from + part).min(world.users);
        let first = timed(range.len(), clean.import(world, range.clone()), |()| 0).await?;
        let wrong = range.clone().filter(|n| n % 100 == 99).count();
        let second = timed(range.len(), dirty.import_dirty(world, range), |refused| {
            refused as u64
        })
        .await?;
        if second.answers != wrong as u64 {
            return Err(format!("{} rows were refused, {wrong} are wrong", second.answers).into());
        }
        ratios.push(second.cpu / first.cpu);
    }
    Ok(median(ratios.into_iter()))
}

/// Carries out an operation in both programs in turn.
///
/// # Errors
/// When a program fails, or the two give different answers.
pub async fn compare(
    world: &Arc<World>,
    operation: Operation,
    ours: &mut Subject,
    mut raw: Option<&mut Subject>,
    effort: Effort,
) -> Result<Figures, Failure> {
    let mut figures = Figures {
        name: operation.name().to_owned(),
        ..Figures::default()
    };
    // How many fit into a round; both learn this way, so that they stay alike.
    let mut times = 8;
    loop {
        let first = timed(times, ours.run(world, operation, times), |sum| sum).await?;
        let second = match &mut raw {
            Some(raw) => timed(times, raw.run(world, operation, times), |sum| sum).await?,
            None => first,
        };
        differ(operation, &first, &second)?;
        let longest = first.wall.max(second.wall);
        if longest > effort.round.as_secs_f64() / 4.0 || times > 100_000 {
            times = ((times as f64 * effort.round.as_secs_f64() / longest) as usize).clamp(1, 200_000);
            times = times.next_multiple_of(8);
            break;
        }
        times *= 4;
    }
    // Where the library is far faster it asks more often, and its answers are compared in a run of their own.
    let mut more = times;
    if raw.is_some() && operation.reads() {
        let one = timed(times, ours.run(world, operation, times), |sum| sum).await?;
        let wanted = times as f64 * effort.round.as_secs_f64() / one.wall;
        if wanted > 8.0 * times as f64 {
            more = (wanted as usize).clamp(1, 500_000);
        }
        if let Some(raw) = &mut raw {
            differ(
                operation,
                &one,
                &timed(times, raw.run(world, operation, times), |sum| sum).await?,
            )?;
        }
    }
    for round in 0..effort.rounds {
        for first in [true, false] {
            // The order changes from round to round.
            if first == (round % 2 == 0) {
                let mut found = timed(more, ours.run(world, operation, more), |sum| sum).await?;
                if more != times {
                    ours.again();
                    found.answers = ours.run(world, operation, times).await?;
                }
                figures.ours.push(found);
            } else if let Some(raw) = &mut raw {
                figures
                    .raw
                    .push(timed(times, raw.run(world, operation, times), |sum| sum).await?);
            }
        }
        if let (Some(one), Some(two)) = (figures.ours.last(), figures.raw.last()) {
            differ(operation, one, two)?;
        }
    }
    Ok(figures)
}

fn differ(operation: Operation, one: &Round, two: &Round) -> Result<(), Failure> {
    if one.answers == two.answers {
        return Ok(());
    }
    Err(format!("{}: the two programs give different answers", operation.name()).into())
}

/// The one in the middle.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), values.len() % 2) {
        (Some(upper), 0) => values.get(half - 1).map_or(*upper, |lower| (lower + upper) / 2.0),
        (Some(middle), _) => *middle,
        (None, _) => f64::NAN,
    }
}

impl Figures {
    /// A line for the chart: what was measured, the library's rate and the plain program's, by the wall.
    pub fn record(&self, backend: &str, users: usize) -> String {
        let rate = |rounds: &[Round]| median(rounds.iter().map(|round| round.times as f64 / round.wall));
        let raw = match self.raw.is_empty() {
            true => String::new(),
            false => format!("{:.1}", rate(&self.raw)),
        };
        let name = self.name.replace(',', ";");
        format!("{backend},{users},{name},{:.1},{raw}", rate(&self.ours))
    }

    /// A line of the table.
    pub fn line(&self) -> String {
        let rate = |rounds: &[Round]| median(rounds.iter().map(|round| round.times as f64 / round.wall));
        let busy = |rounds: &[Round]| median(rounds.iter().map(|round| round.times as f64 / round.cpu));
        let mut line = format!(
            "| {:<32} | {:>10} | {:>10} ",
            self.name,
            number(rate(&self.ours)),
            number(busy(&self.ours))
        );
        if self.raw.is_empty() {
            return line + &format!("| {:>10} | {:>10} | {:>7} | {:>7} |", "", "", "", "");
        }
        let pairs = || self.ours.iter().zip(&self.raw);
        // Above one: the library carries out more in the same time.
        let each = |round: &Round, time: f64| round.times as f64 / time;
        let wall = median(pairs().map(|(ours, raw)| each(ours, ours.wall) / each(raw, raw.wall)));
        let cpu = median(pairs().map(|(ours, raw)| each(ours, ours.cpu) / each(raw, raw.cpu)));
        line += &format!(
            "| {:>10} | {:>10} | {wall:>7.2} | {cpu:>7.2} |",
            number(rate(&self.raw)),
            number(busy(&self.raw))
        );
        line
    }
}

fn number(value: f64) -> String {
    if value < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The heading of the table.
pub const HEAD: &str = "\
| operation                        |     ours/s | ours/cpu-s |      raw/s |  raw/cpu-s | our/raw | per cpu |
| -------------------------------- | ---------: | ---------: | ---------: | ---------: | ------: | ------: |";

/// The largest resident size of this process so far, in MiB; nothing where the system does not tell.
pub fn peak_memory() -> Option<u64> {
    status("VmHWM:")
}

/// The resident size of this process, in MiB.
pub fn memory() -> Option<u64> {
    status("VmRSS:")
}

fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace()
        .next()?
        .parse::<u64>()
        .ok()
        .map(|size| size / 1024)
}

/// The load of the machine over the last minute.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

/// The size of a database in MiB, its log included.
pub fn size(file: &Path) -> f64 {
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |data| data.len());
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    (size(file) + size(Path::new(&log))) as f64 / f64::from(1 << 20)
}
