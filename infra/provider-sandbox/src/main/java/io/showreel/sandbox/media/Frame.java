package io.showreel.sandbox.media;

import java.nio.file.Path;

/** An image that was fetched and can be decoded. */
record Frame(Path file, int width, int height, String sha256) {}
