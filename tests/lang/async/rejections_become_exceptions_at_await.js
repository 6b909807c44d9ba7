// SPDX-License-Identifier: MIT
const fail = async () => {
    throw new Error('inside');
};
(async () => {
    try {
        await fail();
    } catch (e) {
        console.log('caught', e.message); // => caught inside
    } finally {
        console.log('finally'); // => finally
    }
})();
