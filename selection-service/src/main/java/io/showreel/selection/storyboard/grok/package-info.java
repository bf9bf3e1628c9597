/** Has stories told by Grok, over xAI's chat completions. */
@NullMarked
package io.showreel.selection.storyboard.grok;

import org.jspecify.annotations.NullMarked;
