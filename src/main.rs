//! The `biaodan` command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let grammars = biaodan::grammar::Grammars::built_in().unwrap_or_else(|e| panic!("{e}"));
    let inputs = biaodan::source::Inputs {
        paths: args[1..args.len() - 1].iter().map(Into::into).collect(),
        files_from: None,
    };
    let options = biaodan::pipeline::RunOptions { force: true, ..Default::default() };
    let r = biaodan::pipeline::run(&inputs, args[args.len() - 1].as_ref(), &grammars, &options, &mut |_| {});
    println!("{r:#?}");
}
