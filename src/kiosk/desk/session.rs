//! What somebody who opened the desk sees and does.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::chart::{Day, count};
use super::deciding::Deciding;
use super::entry::Entry;
use super::inside::{self, Notice};
use super::pages::Page;
use super::visits::{Row, Show, sought};
use super::{FIRST, Message, unsettled};
use crate::checkin::{Outcome, Unsettled};
use crate::entry::Decision;
#[cfg(test)]
use crate::kiosk::language::start_of_day;
use crate::visits::{self, Person};

/// A touch on a line that moved within this time was meant for another one, and one on what makes a list that was made
/// within it for that list.
const STILL: Duration = Duration::from_secs(1);

/// So much later than its own time a visit may be on the disk: another one may stand there before it.
const LATE: SignedDuration = SignedDuration::from_mins(1);

/// An open desk.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) person: Person,
    pub(super) page: Page,
    /// When the day began.
    today: Timestamp,
    /// Today's visits, oldest first, and before them those of the evening before who wait still; the newest alone until
    /// all are read.
    rows: Vec<Row>,
    /// The time of the newest visit that was read of the log. What is known of later ones may not be all.
    read_to: Option<Timestamp>,
    is_complete: bool,
    /// The visits of a code that was looked up, oldest first.
    found: Option<Vec<Row>>,
    /// The places among the rows of those that are listed, oldest first.
    listed: Vec<usize>,
    /// The places among the rows of those who wait for somebody's word, oldest first.
    waiting: Vec<usize>,
    show: Show,
    sought: String,
    /// Visits that were settled, and visitors who left.
    done: HashSet<Uuid>,
    /// The places among the rows of those who are inside; none where nobody checks out.
    inside: Vec<usize>,
    /// Those who were let out by a touch, once.
    let_out: HashSet<Uuid>,
    /// When somebody came to those inside or left them, so that their lines moved.
    moved: Option<Instant>,
    pub(super) checks_out: bool,
    /// Whether a list for an evacuation is being written or printed.
    pub(super) is_listing: bool,
    /// When the last one was written and printed.
    pub(super) listed_at: Option<Instant>,
    /// What became of the list for an evacuation.
    pub(super) notice: Option<Notice>,
    pub(super) day: Day,
    /// How far the list was moved, in pixels.
    pub(super) offset: f32,
    pub(super) deciding: Option<Deciding>,
    /// Whether the next code that a reader reads is looked up; else it is a visitor's.
    pub(super) awaits_code: bool,
    read_at: Option<Instant>,
}

impl Session {
    pub(super) fn new(person: Person, checks_out: bool, today: Timestamp) -> Self {
        Self {
            person,
            today,
            page: Page::Visits,
            rows: Vec::new(),
            read_to: None,
            is_complete: false,
            found: None,
            listed: Vec::new(),
            waiting: Vec::new(),
            show: Show::default(),
            sought: String::new(),
            done: HashSet::new(),
            inside: Vec::new(),
            let_out: HashSet::new(),
            moved: None,
            checks_out,
            is_listing: false,
            listed_at: None,
            notice: None,
            day: Day::default(),
            offset: 0.0,
            deciding: None,
            awaits_code: false,
            read_at: None,
        }
    }

    pub(super) fn is_at_visits(&self) -> bool {
        matches!(self.page, Page::Visits)
    }

    /// Whether something is being done that is finished before anything else.
    pub(super) fn is_busy(&self) -> bool {
        self.deciding.is_some() || self.page.asks_pin()
    }

    /// Whether others may have recorded visits since the last look.
    pub(super) fn is_due(&mut self, now: Instant, every: Duration) -> bool {
        let is_due = self.read_at.is_some_and(|read| now.saturating_duration_since(read) >= every);
        if is_due {
            self.read_at = Some(now);
        }
        is_due
    }

    /// How long the service took when it was asked last, in milliseconds, where one of the newest visits tells.
    pub(super) fn latency(&self) -> Option<u32> {
        self.rows.iter().rev().take(FIRST as usize).find_map(|row| row.service_ms)
    }

    /// The time from which on there may be visits that are not known. Of the evening before only those are wanted who
    /// wait.
    pub(super) fn unread_since(&self) -> Option<Timestamp> {
        self.read_to.map(|read_to| (read_to - LATE).max(self.today))
    }

    /// Somebody's word on a visit is on the disk, and is read with what else is new.
    pub(super) fn note_word(&mut self, visit: Uuid) {
        self.done.insert(visit);
        self.count();
    }

    /// Takes note of when the day began: a desk may be open at midnight.
    pub(super) fn note_day(&mut self, today: Timestamp) {
        if self.today != today {
            self.today = today;
            self.count();
        }
    }

    /// The place of today's first visit among the rows.
    fn first_of_today(&self) -> usize {
        self.rows.partition_point(|row| row.at < self.today)
    }

    /// Adds what was read of the log; what is there already is replaced.
    pub(super) fn add(&mut self, mut seen: Vec<Row>, now: Instant) {
        let inside = self.inside.clone();
        self.read_at = Some(now);
        self.done.extend(seen.iter().filter_map(Row::settled));
        self.read_to = seen.iter().map(|visit| visit.at).max().max(self.read_to);
        let since = seen.iter().map(|visit| visit.at).min();
        let known = self.rows.partition_point(|row| since.is_none_or(|since| row.at < since));
        let mut newer = self.rows.split_off(known);
        // Of the two these are fewer: a day may have a hundred thousand.
        let mut unseen: HashSet<Uuid> = newer.iter().map(|row| row.id).collect();
        for row in &seen {
            unseen.remove(&row.id);
        }
        newer.retain(|row| unseen.contains(&row.id));
        seen.append(&mut newer);
        seen.sort_by_key(|row| row.at);
        if self.rows.is_empty() {
            self.rows = seen;
        } else {
            self.rows.append(&mut seen);
        }
        self.count();
        self.note_moved(&inside, now);
    }

    /// Adds all of today's visits.
    pub(super) fn complete(&mut self, seen: Vec<Row>, now: Instant) {
        self.is_complete = true;
        self.add(seen, now);
    }

    /// Whether all of today's visits are known: what is counted or sought among some would be wrong.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Whether what is listed is what the log has.
    pub(super) fn is_listed(&self) -> bool {
        let are_newest = self.show == Show::All && self.sought.is_empty() && !self.listed.is_empty();
        self.is_complete || self.found.is_some() || are_newest
    }

    /// Adds a visit that was decided just now.
    pub(super) fn add_outcome(&mut self, outcome: &Outcome, now: Instant) {
        let inside = self.inside.clone();
        self.rows.push(Row::of_outcome(outcome));
        self.count();
        self.note_moved(&inside, now);
    }

    /// Takes note of whether others are inside than before, where there were any.
    fn note_moved(&mut self, before: &[usize], now: Instant) {
        if !before.is_empty() && before != self.inside {
            self.moved = Some(now);
        }
    }

    /// Forgets all visits: what the log still has is read anew.
    pub(super) fn forget_visits(&mut self) {
        (self.rows, self.read_to, self.is_complete, self.found) = (Vec::new(), None, false, None);
        self.count();
        self.list();
    }

    pub(super) fn show(&mut self, show: Show) {
        (self.show, self.notice) = (show, None);
        self.stop_seeking();
    }

    /// Neither a text nor a code is sought any more.
    pub(super) fn stop_seeking(&mut self) {
        (self.found, self.awaits_code) = (None, false);
        self.sought.clear();
        self.list();
    }

    pub(super) fn shows(&self, show: Show) -> bool {
        self.show == show && self.found.is_none()
    }

    /// Lists what fits. Tells whether that is another list than before.
    pub(super) fn seek(&mut self, typed: &str) -> bool {
        let sought = sought(typed);
        let is_other = self.sought != sought;
        if is_other {
            (self.sought, self.found) = (sought, None);
            self.list();
        }
        is_other
    }

    pub(super) fn is_seeking(&self) -> bool {
        !self.sought.is_empty() || self.found.is_some()
    }

    /// Lists what is known of a code.
    pub(super) fn show_found(&mut self, visits: Vec<Row>) {
        self.done.extend(visits.iter().filter_map(Row::settled));
        self.found = Some(visits);
        self.sought.clear();
        self.count();
    }

    /// How many visits of a code were found, where one was looked up.
    pub(super) fn found(&self) -> Option<usize> {
        self.found.as_ref().map(Vec::len)
    }

    fn list(&mut self) {
        let show = if self.found.is_some() { Show::All } else { self.show };
        // Who waits since the evening before is among those of whom nothing is known.
        let (rows, first) = match &self.found {
            Some(found) => (found, 0),
            None if show == Show::Unverified => (&self.rows, 0),
            None => (&self.rows, self.first_of_today()),
        };
        let rows = rows.iter().enumerate().skip(first);
        let is_listed = |place: &usize, row: &Row| {
            let is_shown = show != Show::Inside || self.inside.binary_search(place).is_ok();
            let is_wanted = self.found.is_some() || row.at >= self.today || self.waits(row);
            is_shown && is_wanted && show.lets_through(row, &self.sought)
        };
        self.listed = rows.filter(|(place, row)| is_listed(place, row)).map(|(place, _)| place).collect();
    }

    /// Counts each visit once, by the word on it where there is one, and lists anew.
    fn count(&mut self) {
        if !self.is_complete {
            // Among some of them every number would be wrong.
            (self.inside, self.waiting, self.day) = Default::default();
            return self.list();
        }
        let first = self.first_of_today();
        let today = &self.rows[first..];
        if self.checks_out {
            let inside = visits::inside(today.iter().map(Row::passage));
            self.inside = inside.into_iter().map(|place| first + place).collect();
        }
        self.day = count(today.iter().filter(|row| !self.done.contains(&row.id)));
        let rows = self.rows.iter().enumerate();
        self.waiting = rows.filter(|(_, row)| self.waits(row)).map(|(place, _)| place).collect();
        self.list();
    }

    /// How many are inside.
    pub(super) fn inside(&self) -> usize {
        self.inside.len()
    }

    /// Lets out the visitor of this admission, once. `None` where nobody of that name is inside, or where the line that was
    /// touched stood elsewhere a moment ago: the touch may have been meant for the one that was there.
    pub(super) fn let_out(&mut self, visit: Uuid, now: Instant) -> Option<Unsettled> {
        if is_fresh(self.moved, now) {
            return None;
        }
        let mut rows = self.inside.iter().filter_map(|place| self.rows.get(*place));
        let admission = rows.find(|row| row.id == visit).map(unsettled)?;
        self.let_out.insert(visit).then_some(admission)
    }

    /// Whether a touch that asks for a list for an evacuation was meant for one that is being made, or was a moment ago.
    pub(super) fn has_just_listed(&self, now: Instant) -> bool {
        self.is_listing || is_fresh(self.listed_at, now)
    }

    /// How many visits are listed.
    pub(super) fn length(&self) -> usize {
        self.listed.len()
    }

    /// Those from the first to before the last place of the list, newest first.
    pub(super) fn listed(&self, places: std::ops::Range<usize>) -> impl Iterator<Item = &Row> {
        let rows = self.found.as_ref().unwrap_or(&self.rows);
        let listed = self.listed.iter().rev().skip(places.start).take(places.len());
        listed.filter_map(|place| rows.get(*place))
    }

    /// Those who wait for somebody's word: first whoever waits longest.
    pub(super) fn waiting(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.waiting.iter().map(|place| &self.rows[*place])
    }

    /// Whether nobody decided on the visit yet, and its visitor did not leave.
    pub(super) fn waits(&self, row: &Row) -> bool {
        matches!(row.decision, Decision::Unverified(_)) && self.can_be_settled(row)
    }

    /// Whether somebody may decide on the visit: one that was not admitted, and on which nobody decided.
    pub(super) fn can_be_settled(&self, row: &Row) -> bool {
        let is_open = matches!(row.decision, Decision::Refuse(_) | Decision::Unverified(_));
        is_open && row.answers.is_none() && !self.done.contains(&row.id)
    }

    /// What can be done with a visit of the list.
    pub(super) fn offer(&self, row: &Row) -> Option<Message> {
        if self.shows(Show::Inside) {
            return Some(Message::Inside(inside::Message::CheckOut(row.id)));
        }
        self.can_be_settled(row).then_some(Message::Decide(row.id))
    }

    /// Gives all visits times and durations that do not depend on when and how fast they were made.
    #[cfg(test)]
    pub(super) fn settle(&mut self, time: Timestamp) {
        self.today = start_of_day(time);
        for (place, row) in (0_i32..).zip(&mut self.rows) {
            row.settle(time - SignedDuration::from_mins(i64::from(90 - 20 * place)));
        }
        if let Some(deciding) = &mut self.deciding {
            deciding.row.settle(time);
        }
        self.count();
    }

    /// Somebody decides on a visit.
    pub(super) fn decide(&mut self, visit: Uuid) {
        let mut rows = self.rows.iter().chain(self.found.iter().flatten());
        let row = rows.find(|row| row.id == visit && self.can_be_settled(row));
        self.deciding = row.map(|row| Deciding::new(unsettled(row), row));
        self.awaits_code = false;
    }

    /// Nobody decides after all, unless that is being recorded.
    pub(super) fn cancel(&mut self) {
        self.deciding.take_if(|deciding| !deciding.is_recording());
    }

    /// The text that is typed now.
    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        match &mut self.deciding {
            Some(deciding) if deciding.asks_pin() => None,
            Some(deciding) => Some(&mut deciding.own),
            None => self.page.entry(),
        }
    }
}

/// Whether something happened a moment ago.
fn is_fresh(since: Option<Instant>, now: Instant) -> bool {
    since.is_some_and(|since| now.saturating_duration_since(since) < STILL)
}
