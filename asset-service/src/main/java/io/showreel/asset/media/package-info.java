/** Photos, videos and audio: received, kept, described and served. */
@NullMarked
package io.showreel.asset.media;

import org.jspecify.annotations.NullMarked;
