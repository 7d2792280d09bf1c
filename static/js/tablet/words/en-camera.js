/** What the tablet says about its camera, in English. */
export default {
  "several.title": "One at a time, please",
  "several.lead": "There were two badges at once, so nobody was counted.",
  "several.advice": "Show one badge, then the other.",

  "camera.word.on": "Camera on",
  "camera.word.starting": "Camera starts",
  "camera.word.none": "No camera",
  "camera.line.on": "The camera reads badges. Its picture is shown here and nowhere else.",
  "camera.line.off": "The camera is off. Scanners and typed codes work.",
  "camera.line.starting": "The camera is starting. Scanners and typed codes work already.",
  "camera.line.denied":
    "This page may not use the camera; scanners and typed codes work. Allow it in the browser’s settings for this page.",
  "camera.line.missing":
    "No camera was found; scanners and typed codes work. Once one is plugged in, it starts by itself.",
  "camera.line.busy":
    "The camera does not answer; scanners and typed codes work. Another program may be using it. It is tried again and again.",
  "camera.line.insecure":
    "Browsers give a camera only to https addresses; scanners and typed codes work. Open this page with https.",
  "camera.line.broken": "The camera does not work; scanners and typed codes do.",
  "camera.title": "Camera",
  "camera.choice": "Which camera",
  "camera.use": "Read badges with it",
  "camera.mirror": "Show it like a mirror",
  "camera.light": "Light",
  "camera.facing": "The one that looks at the visitor",
  "camera.nameless": "Camera {number}",
};
