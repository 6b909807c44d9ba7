const x = 5; export default x * 2;
