// SPDX-License-Identifier: MIT
'use strict';
try {
    notDeclared = 1;
} catch (e) {
    console.log(e.name, e.message); // => ReferenceError notDeclared is not defined
}
