//! The one history of the database, embedded in the program. A file that has been released is never changed.

use db::Migration;

macro_rules! common {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../../migrations/", $name, ".sql")),
        }
    };
}

/// Where the databases must differ, each has its own text.
macro_rules! twins {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../../migrations/", $name, ".sqlite.sql")),
            postgres: include_str!(concat!("../../../migrations/", $name, ".postgres.sql")),
        }
    };
}

/// Every migration in order.
pub const MIGRATIONS: &[Migration] = &[
    common!("0001_people"),
    common!("0002_posts"),
    common!("0003_stories"),
    Migration { name: "0004_jobs", ..jobs::MIGRATION },
    common!("0005_syndication"),
    twins!("0006_search"),
    common!("0007_counts"),
    common!("0008_media"),
    common!("0010_albums"),
    common!("0012_imports"),
    common!("0013_reach"),
    common!("0014_mentions"),
    common!("0015_unused_files"),
    common!("0016_numbers"),
    common!("0018_saved"),
    twins!("0019_languages"),
    common!("0020_corrections_of_posts"),
    common!("0021_joining"),
    common!("0022_second_factors"),
    common!("0023_identities"),
    twins!("0024_connections"),
    common!("0025_square"),
    common!("0026_notes"),
    twins!("0027_feeds"),
    common!("0028_accounts"),
    common!("0029_links"),
    common!("0030_notices"),
    common!("0031_push"),
    common!("0033_levels"),
    common!("0034_identity"),
    twins!("0035_addresses_in_order"),
    common!("0036_profiles"),
    common!("0037_places"),
    common!("0038_orders"),
    common!("0039_reactions"),
    common!("0040_comments"),
    common!("0041_moderation"),
    common!("0042_reviews"),
    common!("0043_context"),
    common!("0044_discussed"),
    common!("0045_prevention"),
    common!("0046_safety"),
    common!("0047_organizations"),
    common!("0048_pictured_comments"),
    common!("0049_reports_and_ballots"),
    common!("0050_porch_letter"),
    common!("0051_comments_from_elsewhere"),
    common!("0052_most_liked_comments"),
];
