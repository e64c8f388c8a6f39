//! A program that is running: what it has printed so far, its signals, its end.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};

use super::Ended;

/// How long a program asked to stop may take before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);

/// A started program. Dropping it asks it to stop (SIGTERM) and, when it does not, kills it and its children.
#[derive(Debug)]
pub struct Running {
    command: String,
    pid: Pid,
    started: Instant,
    deadline: Duration,
    events: Receiver<Event>,
    stdout: String,
    stderr: String,
    open_streams: usize,
    status: Option<ExitStatus>,
}

#[derive(Debug)]
enum Event {
    Stdout(String),
    Stderr(String),
    Closed,
    Exited(ExitStatus),
}

impl Running {
    #[track_caller]
    pub(super) fn start(mut command: Command, input: Option<Vec<u8>>, deadline: Duration) -> Self {
        let shown = shown(&command);
        if input.is_some() {
            command.stdin(std::process::Stdio::piped());
        }
        let started = Instant::now();
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {shown}: {error}"));
        let (sender, events) = channel();
        if let (Some(mut stdin), Some(bytes)) = (child.stdin.take(), input) {
            // A program that refuses its input early closes the pipe; what it says about it is what is tested.
            thread::spawn(move || drop(stdin.write_all(&bytes)));
        }
        let mut open_streams = 0;
        if let Some(stdout) = child.stdout.take() {
            forward(stdout, sender.clone(), Event::Stdout);
            open_streams += 1;
        }
        if let Some(stderr) = child.stderr.take() {
            forward(stderr, sender.clone(), Event::Stderr);
            open_streams += 1;
        }
        let pid = Pid::from_child(&child);
        thread::spawn(move || {
            if let Ok(status) = child.wait() {
                drop(sender.send(Event::Exited(status)));
            }
        });
        Self {
            command: shown,
            pid,
            started,
            deadline,
            events,
            stdout: String::new(),
            stderr: String::new(),
            open_streams,
            status: None,
        }
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> i32 {
        self.pid.as_raw_pid()
    }

    /// Waits for a line, on either stream, of which `wanted` makes something.
    ///
    /// # Panics
    ///
    /// With all it printed, when it ends or its deadline passes before such a line.
    #[track_caller]
    pub fn line<T>(&mut self, mut wanted: impl FnMut(&str) -> Option<T>) -> T {
        loop {
            match self.next() {
                Some(Event::Stdout(line) | Event::Stderr(line)) => {
                    if let Some(found) = wanted(line.trim_end()) {
                        return found;
                    }
                }
                Some(_) if self.open_streams > 0 || self.status.is_none() => {}
                _ => panic!(
                    "it printed no such line in {:.1?}\n{}",
                    self.started.elapsed(),
                    self.so_far()
                ),
            }
        }
    }

    /// Sends it a signal, if it still runs.
    pub fn signal(&self, signal: Signal) {
        if self.status.is_none() {
            // It may have ended a moment ago: then there is nothing to signal.
            let _ = kill_process(self.pid, signal);
        }
    }

    /// Kills it as a power cut would (SIGKILL) and waits until it is gone.
    ///
    /// # Panics
    ///
    /// When it is still there after its deadline.
    #[track_caller]
    pub fn kill_9(mut self) -> Ended {
        self.signal(Signal::KILL);
        // Its children may hold its streams open and live on, so only its own end is waited for.
        self.wait_until(|running| running.status.is_some());
        self.into_ended()
    }

    /// Waits for its end.
    ///
    /// # Panics
    ///
    /// With all it printed, when its deadline passes first.
    #[must_use]
    #[track_caller]
    pub fn ended(mut self) -> Ended {
        self.wait_until(|running| running.status.is_some() && running.open_streams == 0);
        self.into_ended()
    }

    #[track_caller]
    fn wait_until(&mut self, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            let happened = self.next().is_some();
            let after = self.started.elapsed();
            assert!(
                happened,
                "it has not ended {after:.1?} after its start\n{}",
                self.so_far()
            );
        }
    }

    fn into_ended(mut self) -> Ended {
        Ended {
            command: self.command.clone(),
            status: self.status.expect("it was waited for"),
            stdout: std::mem::take(&mut self.stdout),
            stderr: std::mem::take(&mut self.stderr),
            took: self.started.elapsed(),
        }
    }

    /// The process ids of its children, with the names of their programs.
    #[must_use]
    pub fn children(&self) -> Vec<(i32, String)> {
        let parent = format!("PPid:\t{}", self.pid());
        let Ok(processes) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        processes
            .filter_map(|entry| {
                let folder = entry.ok()?.path();
                let pid = folder.file_name()?.to_str()?.parse().ok()?;
                let status = fs::read_to_string(folder.join("status")).ok()?;
                status.lines().find(|line| *line == parent)?;
                let program = fs::read_link(folder.join("exe")).ok()?;
                Some((pid, program.file_name()?.to_str()?.to_owned()))
            })
            .collect()
    }

    /// What it printed until now, for messages.
    #[must_use]
    pub fn so_far(&self) -> String {
        format!(
            "$ {}\n--- stdout\n{}\n--- stderr\n{}",
            self.command,
            self.stdout.trim_end(),
            self.stderr.trim_end()
        )
    }

    /// The next thing that happens before the deadline.
    fn next(&mut self) -> Option<Event> {
        let left = self.deadline.saturating_sub(self.started.elapsed());
        let event = match self.events.recv_timeout(left) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        match &event {
            Event::Stdout(line) => self.stdout.push_str(line),
            Event::Stderr(line) => self.stderr.push_str(line),
            Event::Closed => self.open_streams -= 1,
            Event::Exited(status) => self.status = Some(*status),
        }
        Some(event)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.status.is_some() {
            return;
        }
        let children = self.children();
        self.signal(Signal::TERM);
        self.deadline = self.started.elapsed() + PATIENCE;
        while self.status.is_none() && self.next().is_some() {}
        if self.status.is_none() {
            self.signal(Signal::KILL);
        }
        for (pid, name) in children {
            // Only a process that is still the program seen a moment ago: ids are used again.
            let same = fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|program| {
                program
                    .file_name()
                    .is_some_and(|file| file.to_str() == Some(&name))
            });
            if let (true, Some(pid)) = (same, Pid::from_raw(pid)) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

fn shown(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    words.join(" ")
}

fn forward(stream: impl Read + Send + 'static, sender: Sender<Event>, event: fn(String) -> Event) {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            drop(sender.send(event(String::from_utf8_lossy(&line).into_owned())));
            line.clear();
        }
        drop(sender.send(Event::Closed));
    });
}
