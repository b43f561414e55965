window.addBasemap = function () {};
