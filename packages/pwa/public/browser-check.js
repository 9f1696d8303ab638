// Runs in browsers that cannot read the app itself, so it is written for them: no modules, no newer syntax.
(function () {
  var found = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
  var isOld = found !== null && Number(found[1]) < 107;
  var lacks =
    !('indexedDB' in window) ||
    !('BroadcastChannel' in window) ||
    !('CompressionStream' in window) ||
    !('adoptedStyleSheets' in Document.prototype);
  // Over plain http (other than localhost) there are no locks, no service worker and nothing is kept for sure.
  var isInsecure = !window.isSecureContext;
  if (!isOld && !lacks && !isInsecure) return;
  var message = document.createElement('div');
  message.setAttribute('role', 'alert');
  message.className = 'browser-check';
  var texts = isInsecure
    ? [
        'Alamat ini tidak aman (http). Buka Rukun dengan alamat https.',
        'This address is not secure (http). Open Rukun with its https address.',
      ]
    : [
        'Browser ini terlalu lama untuk Rukun. Perbarui Chrome atau Android System WebView ke versi 107 atau lebih baru.',
        'This browser is too old for Rukun. Update Chrome or Android System WebView to version 107 or later.',
      ];
  for (var i = 0; i < texts.length; i++) {
    var paragraph = document.createElement('p');
    paragraph.appendChild(document.createTextNode(texts[i]));
    message.appendChild(paragraph);
  }
  document.body.insertBefore(message, document.body.firstChild);
})();
