/** What the gateway's jobs use and cost, as far as {@code job.events} tells. */
@NullMarked
package io.showreel.asset.job;

import org.jspecify.annotations.NullMarked;
