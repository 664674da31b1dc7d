//! Prints the Rust code that typify makes of a JSON Schema.

use typify::{TypeSpace, TypeSpaceSettings};

fn main() {
    let path = std::env::args().nth(1).expect("usage: typify-enum SCHEMA");
    let schema = std::fs::read_to_string(path).expect("a file");
    let schema: schemars::schema::RootSchema = serde_json::from_str(&schema).expect("a schema");
    let mut types = TypeSpace::new(&TypeSpaceSettings::default());
    types.add_root_schema(schema).expect("a type");
    let file = syn::parse2(types.to_stream()).expect("Rust");
    print!("{}", prettyplease::unparse(&file));
}
