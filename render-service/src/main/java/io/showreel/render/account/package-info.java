/** The provider account that pays: its pace, its slots, and what keeps it from submitting. */
@NullMarked
package io.showreel.render.account;

import org.jspecify.annotations.NullMarked;
