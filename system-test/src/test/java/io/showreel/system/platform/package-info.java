/** The real flows: every part a process of its own, as in production, and killed as in production. */
package io.showreel.system.platform;
