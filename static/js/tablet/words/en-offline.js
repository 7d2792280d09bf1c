/** What the status line and its sheet say about network, clock and what is kept here. */
export default {
  "net.online": "Online",
  "net.away": "No network",
  "net.away_for.one": "No network for 1 minute",
  "net.away_for.other": "No network for {count} minutes",
  "net.slow": "The server is slow",
  "net.busy": "The server is busy",
  "net.broken": "The server is in trouble",
  "net.stranger": "The network wants a sign-in",
  "net.queued.one": "1 scan kept here",
  "net.queued.other": "{count} scans kept here",
  "net.as_of": "People as of {time}",
  "health.title": "How this tablet is",
  "health.online": "The server answers.",
  "health.away": "The server cannot be reached. Check the Wi-Fi or the cable of this tablet.",
  "health.slow": "The server takes too long to answer. This tablet goes on alone and tries again.",
  "health.busy": "The server has asked this tablet to wait. It tries again by itself.",
  "health.broken": "The server answers with an error. Tell whoever looks after it.",
  "health.stranger":
    "Something else answered in the server’s place, such as this network’s sign-in page. Sign in to the network, then wait a moment.",
  "health.heard": "Last heard from the server at {time}.",
  "health.never_heard": "This tablet has not heard from the server yet.",
  "health.kept.zero": "Nothing waits here to be sent.",
  "health.kept.one": "1 scan is kept here and is sent as soon as possible.",
  "health.kept.other": "{count} scans are kept here and are sent as soon as possible.",
  "health.lost.one": "1 scan never reached the server and is not here any more: number {numbers}.",
  "health.lost.other":
    "{count} scans never reached the server and are not here any more: numbers {numbers}.",
  "health.clock_ahead_minutes.one":
    "This tablet’s clock is 1 minute ahead. The server’s time is used.",
  "health.clock_ahead_minutes.other":
    "This tablet’s clock is {count} minutes ahead. The server’s time is used.",
  "health.clock_ahead_hours.one":
    "This tablet’s clock is 1 hour ahead. The server’s time is used.",
  "health.clock_ahead_hours.other":
    "This tablet’s clock is {count} hours ahead. The server’s time is used.",
  "health.clock_behind_minutes.one":
    "This tablet’s clock is 1 minute behind. The server’s time is used.",
  "health.clock_behind_minutes.other":
    "This tablet’s clock is {count} minutes behind. The server’s time is used.",
  "health.clock_behind_hours.one":
    "This tablet’s clock is 1 hour behind. The server’s time is used.",
  "health.clock_behind_hours.other":
    "This tablet’s clock is {count} hours behind. The server’s time is used.",
  "health.clock_unknown":
    "The server’s time is not known here. Check this tablet’s clock: it says {time}.",
  "health.no_people":
    "This tablet was opened without https, so it cannot greet anybody by itself. Scans are kept all the same.",
  "health.storage":
    "This browser may clear what is kept here when it runs out of space. Put the app on the home screen.",
  "health.release": "App {release}",
  "health.save": "Save the kept scans as a file",
  "health.save_text":
    "For a tablet that can send nothing any more: give the file to the desk, under Tablets.",
  "revoked.save": "Save them as a file",
  "pair.again.one":
    "1 scan of an earlier pairing is kept here. It is sent once this tablet is paired again.",
  "pair.again.other":
    "{count} scans of an earlier pairing are kept here. They are sent once this tablet is paired again.",
};
