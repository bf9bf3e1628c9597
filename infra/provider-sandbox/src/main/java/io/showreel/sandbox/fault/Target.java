package io.showreel.sandbox.fault;

import org.jspecify.annotations.Nullable;

/**
 * Who could be struck now.
 *
 * @param account absent where it isn't known yet
 * @param model   absent where none is named
 * @param subject for the record: a prediction, a path
 */
public record Target(@Nullable String account, @Nullable String model, String subject) {}
