/** All deciders together, under a seeded network, provider, crowd of people and row of crashes; no clock, no I/O. */
package io.showreel.system.simulation;
