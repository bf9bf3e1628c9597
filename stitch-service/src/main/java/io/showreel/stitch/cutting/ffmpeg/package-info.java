/** Cuts with FFmpeg processes: copies what is alike, normalises what is not, and checks the result. */
@NullMarked
package io.showreel.stitch.cutting.ffmpeg;

import org.jspecify.annotations.NullMarked;
