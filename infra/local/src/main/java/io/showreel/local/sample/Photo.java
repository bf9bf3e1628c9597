package io.showreel.local.sample;

/** A photo of the campaign: its file, and what its photographer called it. */
record Photo(String file, String name, String tag) {}
