//! The command.

#[derive(Debug)]
enum Command {
    Get,
    Put,
}

fn main() {
    let _ = run(Command::Get);
}

fn run(command: Command) -> i32 {
    match command {
        Command::Get | Command::Put => 0,
    }
}

#[cfg(test)]
mod test {
    #[test]
    fn exits_zero() {
        assert_eq!(super::run(super::Command::Put), 0);
    }
}
