/** Real clips, music and speech, made from what was submitted. */
@NullMarked
package io.showreel.sandbox.media;

import org.jspecify.annotations.NullMarked;
