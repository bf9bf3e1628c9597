/** xAI's chat: answers that conform to the asked schema and are made from the request itself. */
@NullMarked
package io.showreel.sandbox.xai;

import org.jspecify.annotations.NullMarked;
