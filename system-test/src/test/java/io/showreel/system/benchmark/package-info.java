/** How fast the spine is: prints tables, asserts nothing about times. */
package io.showreel.system.benchmark;
