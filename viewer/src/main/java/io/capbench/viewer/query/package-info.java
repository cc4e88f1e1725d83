/** Where a person says which rows to show, in which order: builder, chips, menus, names, jumps. */
@NullMarked
package io.capbench.viewer.query;

import org.jspecify.annotations.NullMarked;
