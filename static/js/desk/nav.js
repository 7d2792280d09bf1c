/** On a narrow screen the places of the desk scroll sideways: bring the open one into view. */
const here = document.querySelector('.desk__nav [aria-current="page"]');
here?.scrollIntoView({ block: "nearest", inline: "center" });
