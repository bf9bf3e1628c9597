/** Our client and the sandbox held against the provider's own description of its API. */
package io.showreel.system.conformance;
