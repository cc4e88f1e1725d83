/** What Capbench needs of a machine, whether it is there, and how to mend it. */
@NullMarked
package io.capbench.app.doctor;

import org.jspecify.annotations.NullMarked;
