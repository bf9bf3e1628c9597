/** Joins the job to its topics. */
@NullMarked
package io.showreel.gateway.job.kafka;

import org.jspecify.annotations.NullMarked;
