/** Holds what operators read and run (pages, rules, dashboards, compose file, manifests) to the code. */
@NullMarked
package io.showreel.system.operate;

import org.jspecify.annotations.NullMarked;
