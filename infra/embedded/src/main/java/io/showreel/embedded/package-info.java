/** Real servers for tests and for the local run: Kafka, PostgreSQL, S3 and ffmpeg, each as a process of its own. */
@NullMarked
package io.showreel.embedded;

import org.jspecify.annotations.NullMarked;
