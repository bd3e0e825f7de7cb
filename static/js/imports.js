// How far the upload of a file is; once all of it is sent, the bar says only that the server reads it.
document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const bar = target.querySelector("progress");
  if (!bar || !detail.lengthComputable) return;
  if (detail.loaded < detail.total) bar.value = detail.loaded / detail.total;
  else bar.removeAttribute("value");
});
